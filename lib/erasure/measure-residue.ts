import { unmapped } from "#lib/kinds/unmapped.ts";
import type { MediaId } from "#lib/matrix/homeserver.ts";
import type { Snapshot } from "#lib/synapse-db/synapse-db.ts";
import type { Memory } from "./memory.ts";
import { residueRules } from "./residue-rules.ts";
import type { Residue, ResidueEntry, Trace } from "./residue.ts";
import { countRows } from "./rules/count.ts";
import { needlesOf } from "./rules/needles.ts";
import { countOwnText } from "./rules/own-text.ts";
import { reasonOf, type ReasonCode } from "./rules/reasons.ts";
import { unread } from "./rules/unread.ts";

/** What the run knows and the database does not. */
export interface ResidueFacts {
  readonly now: Date;
  /** Whether the person chose that their messages be redacted. */
  readonly redacted: boolean;
  /** Of what is not redacted, how many events the run gives a reason for: state that makes rooms work, rooms that were left … */
  readonly known: number;
  readonly redactionAllowedMs: number | null;
  /** How many of the files, thumbnails included, still lie in the media store; null: it cannot be seen from here. */
  readonly filesLeft: (mediaIds: readonly MediaId[]) => Promise<number | null>;
}

type Place = Pick<ResidueEntry, "table" | "column" | "trace">;
const day = 86_400_000;

/** Looks at every table of Synapse's for what still stands there of the person; sorted, the same each time. */
export async function measureResidue(db: Snapshot, memory: Memory, facts: ResidueFacts): Promise<Residue> {
  const needles = needlesOf(memory);
  const entries: ResidueEntry[] = [];
  const unexplained: ResidueEntry[] = [];
  const add = ({ table, column, trace }: Place, rows: number | null, why: ReasonCode | null, more: "unexpected" | "unmapped" = "unexpected") => {
    if (rows === 0) return;
    const place = { table, column, trace };
    if (why === null) unexplained.push({ ...place, rows, why: more, law: null, sql: null, goesBy: null });
    else entries.push({ ...place, rows, ...explained(why, facts.now) });
  };

  for (const [table, rules] of Map.groupBy(residueRules, (rule) => rule.table)) {
    for (const [rule, rows] of await countRows(db, table, rules, needles)) add(rule, rows, rule.why);
  }
  for (const place of unread) if (await db.has(place.table, place.column)) add(place, null, place.why);
  for (const [trace, rows, why] of await ownText(db, memory, facts)) add({ table: "event_json", column: "json", trace }, rows, why);
  for (const name of unmapped(db.relations)) {
    const [table = "", column = ""] = name.split(".");
    // Nobody may read what nobody has classified, and so nobody can say that nothing is there.
    add({ table, column, trace: "mxid" }, null, null, "unmapped");
  }
  const files = await facts.filesLeft(memory.mediaIds as readonly MediaId[]);
  add({ table: "media_store", column: "", trace: "media" }, files, files === null ? "media_unseen" : null);
  return { measuredAt: facts.now.toISOString(), entries: entries.sort(byPlace), unexplained: unexplained.sort(byPlace) };
}

function explained(code: ReasonCode, now: Date): Pick<ResidueEntry, "why" | "law" | "sql" | "goesBy"> {
  const { law, sql, days } = reasonOf(code);
  return { why: code, law, sql, goesBy: days === null ? null : new Date(now.getTime() + days * day).toISOString() };
}

/** Words of the person: with redaction chosen, what is neither redacted nor known to be refused has no reason to be there. */
async function ownText(db: Snapshot, { mxid }: Memory, facts: ResidueFacts): Promise<(readonly [Trace, number, ReasonCode | null])[]> {
  const before = facts.redactionAllowedMs === null ? null : facts.now.getTime() - facts.redactionAllowedMs;
  const { uncensored, banned, unredacted, tooOld } = await countOwnText(db, mxid, before);
  const hidden = [["text", uncensored, "censored_soon"], ["text", banned, "hidden_by_ban"]] as const;
  if (!facts.redacted) return [...hidden, ["text", unredacted, "messages"]];
  const known = Math.min(facts.known, unredacted - tooOld);
  return [...hidden, ["text", tooOld, "too_old"], ["text", known, "not_redacted"], ["text", unredacted - tooOld - known, null]];
}

function byPlace(a: ResidueEntry, b: ResidueEntry): number {
  const [left, right] = [a, b].map(({ table, column, trace, why }) => [table, column, trace, why].join("\0")) as [string, string];
  return left < right ? -1 : left > right ? 1 : 0;
}
