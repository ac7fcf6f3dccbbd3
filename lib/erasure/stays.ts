import type { Plan } from "./plan.ts";

type Numbers = Pick<Plan, "copies" | "events" | "tooOldToRedact">;

interface Stay {
  readonly code: string;
  /** Ground on which it stays: the exception to Art. 17(1), or the duty. */
  readonly law: string;
  /** Without it nothing of the sort is there to stay. */
  readonly when?: (numbers: Numbers) => boolean;
}

const has = (list: readonly unknown[]) => list.length > 0;

/** What an erasure leaves, and why; words under erasure.stays.<code>. The order is the order of the page. */
const stays: readonly Stay[] = [
  { code: "copies_homeservers", law: "Art. 17(2)", when: ({ copies }) => has(copies.homeservers) },
  { code: "copies_appservices", law: "Art. 17(2)", when: ({ copies }) => has(copies.appservices) },
  { code: "copies_people", law: "Art. 17(3)(a)" },
  { code: "messages", law: "Art. 17(3)(a)", when: ({ events }) => has(Object.keys(events)) },
  { code: "too_old", law: "Art. 17(3)(a)", when: ({ tooOldToRedact }) => (tooOldToRedact ?? 0) > 0 },
  { code: "room_records", law: "Art. 17(3)(a)" },
  { code: "others_records", law: "Art. 17(3)(a)" },
  { code: "name", law: "Art. 17(3)(b)" },
  { code: "moderation", law: "Art. 17(3)(e)" },
  { code: "operator", law: "Art. 17(1)" },
  { code: "logs", law: "Art. 17(3)(b)" },
  { code: "proof", law: "Art. 5(2)" },
];

export const stayCodes: readonly string[] = stays.map(({ code }) => code);

export function staysOf(numbers: Numbers): Plan["stays"] {
  return stays.filter(({ when }) => when === undefined || when(numbers)).map(({ code, law }) => ({ code, law }));
}
