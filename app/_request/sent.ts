/** What a person sent, in groups people know; the order is that of the page. */
const groups = [
  ["messages", /^m\.room\.message$/],
  ["encrypted", /^m\.room\.encrypted$/],
  ["reactions", /^m\.reaction$/],
  ["stickers", /^m\.sticker$/],
  ["polls", /poll/],
  ["calls", /^m\.call|^(org\.matrix\.msc3401|org\.matrix\.msc4143)\./],
  ["deletions", /^m\.room\.redaction$/],
  ["membership", /^m\.room\.member$/],
  ["settings", /^m\.(room|space)\./],
  ["other", /^/],
] as const;
type Group = (typeof groups)[number][0];

/** Counts by event type (lib/erasure/plan.ts) as counts by group, groups without any left out. */
export function sentByGroup(events: Readonly<Record<string, number>>): readonly (readonly [Group, number])[] {
  const sums = new Map<Group, number>();
  for (const [type, count] of Object.entries(events)) {
    const [group] = groups.find(([, shape]) => shape.test(type)) ?? ["other"];
    sums.set(group, (sums.get(group) ?? 0) + count);
  }
  return groups.flatMap(([group]) => (sums.get(group) ? [[group, sums.get(group) ?? 0] as const] : []));
}

export function sentInAll(events: Readonly<Record<string, number>>): number {
  return Object.values(events).reduce((sum, count) => sum + count, 0);
}
