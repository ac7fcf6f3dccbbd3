import type { Plan } from "../plan.ts";
import { risksOf } from "../risks-of.ts";
import { staysOf } from "../stays.ts";
import { readAccountRow, readBelongings } from "./account.ts";
import { readCopies } from "./copies.ts";
import { countDirectChats } from "./direct-chats.ts";
import { readOrphaned } from "./orphaned.ts";
import { readRooms } from "./rooms.ts";
import type { PlanSource } from "./source.ts";

/** The plan in this person's numbers; lists in byte order, so that the same database gives the same plan. null: no such account. */
export async function readPlan(source: PlanSource): Promise<Plan | null> {
  const account = await readAccountRow(source);
  if (account === null) return null;
  const rooms = await readRooms(source);
  const lastAdminOf = await readOrphaned(source);
  const copies = await readCopies(source);
  const numbers = { ...rooms, ...(await readBelongings(source)), directChats: await countDirectChats(source), lastAdminOf, copies };
  return {
    format: { name: "matrix-privacy-portal-plan", version: 1 },
    madeAt: source.now.toISOString(),
    mxid: source.subject,
    accountCreatedAt: account.createdAt,
    homeserver: source.serverName,
    ...numbers,
    risks: risksOf(account, lastAdminOf),
    stays: staysOf(numbers),
  };
}
