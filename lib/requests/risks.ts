/** Why an erasure needs two operators: what cannot be mended afterwards weighs more here (faults.md S21). Words under requests.risks.*. */
export const risks = ["admin", "appservice", "last_room_admin"] as const;
export type Risk = (typeof risks)[number];
