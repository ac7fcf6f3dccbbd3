import type { WebContext } from "#lib/context.ts";
import { DomainError } from "#lib/errors.ts";
import { approveRequest } from "./approve.ts";
import { assignRequest } from "./assign.ts";
import { barOf, type Bar } from "./bars.ts";
import { denyRequest } from "./deny.ts";
import { barredFrom, type Barred } from "./find.ts";
import { can } from "./machine.ts";
import { parseReference } from "./reference.ts";
import { wishesIn } from "./wishes.ts";
import type { ExportScope } from "#lib/kinds/kind.ts";

export type BulkAct = "approve" | "deny" | "assign";
/** At once; more than an operator can have looked at. */
export const mostAtOnce = 50;

/** Why a case cannot go with the others: keys under errors.*. */
export type BulkLeft = Barred | Bar | "state_changed" | "bulk_ruling" | "bulk_second" | "bulk_kind" | "request";

export interface BulkCase {
  readonly reference: string;
  readonly mxid: string | null;
  readonly kind: "export" | "erasure" | "consent" | null;
  /** null: it will go. */
  readonly left: BulkLeft | null;
}

/** What became of one case: null went, otherwise a key under errors.*. */
export interface BulkResult {
  readonly reference: string;
  readonly problem: string | null;
}

/**
 * What an act on several cases would do to each, before it is done. What needs a ruling, a second, or words of its own is
 * left for its own page. Throws "not_found" for people without a role on the desk, "invalid" (bulk_none, bulk_many).
 */
export async function previewBulk(ctx: WebContext, act: BulkAct, given: readonly unknown[]): Promise<readonly BulkCase[]> {
  if (ctx.actor.role === null) throw new DomainError("not_found", "request");
  const references = chosen(given);
  const rows = await ctx.db.request.findMany({ where: { reference: { in: references } }, include: { person: { select: { mxid: true } }, packages: { where: { removedAt: null }, select: { id: true } } } });
  return references.map((reference): BulkCase => {
    const row = rows.find((each) => each.reference === reference);
    if (!row) return { reference, mxid: null, kind: null, left: "request" };
    return { reference, mxid: row.person.mxid, kind: row.kind, left: leftFrom(ctx, act, row) };
  });
}

type Row = Parameters<typeof can>[0] & Parameters<typeof barredFrom>[1] & { readonly scope: unknown };

function leftFrom({ actor }: WebContext, act: BulkAct, row: Row): BulkLeft | null {
  const barred = barredFrom(actor, row, false);
  if (barred) return barred;
  if (act === "assign") return null;
  const event = act === "approve" ? "approved" : "denied";
  const bar = barOf(row, event);
  if (bar) return bar;
  if (!can(row, event)) return "state_changed";
  if (row.kind === "consent") return "bulk_kind";
  if (act === "approve" && row.kind === "export" && wishesIn(row.scope as ExportScope).length > 0) return "bulk_ruling";
  return act === "approve" && row.risks.length > 0 ? "bulk_second" : null;
}

/**
 * The act on each case by its own verb, one transaction each: what one of them refuses keeps none of the others. Throws as
 * `previewBulk`, and "invalid" where the words of a refusal or the assignee cannot be used for any.
 */
export async function actOnSeveral(ctx: WebContext, act: BulkAct, given: readonly unknown[], answers: { readonly reason?: unknown; readonly text?: unknown; readonly to?: unknown }): Promise<readonly BulkResult[]> {
  const cases = await previewBulk(ctx, act, given);
  const results: BulkResult[] = [];
  for (const { reference, left } of cases) {
    if (left) {
      results.push({ reference, problem: left });
      continue;
    }
    try {
      if (act === "approve") await approveRequest(ctx, { reference });
      else if (act === "deny") await denyRequest(ctx, { reference, reason: answers.reason, text: answers.text });
      else await assignRequest(ctx, { reference, to: answers.to });
      results.push({ reference, problem: null });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === "invalid") throw error;
      results.push({ reference, problem: error.reason });
    }
  }
  return results;
}

function chosen(given: readonly unknown[]): string[] {
  const references = [...new Set(given.flatMap((each) => parseReference(each) ?? []))];
  if (references.length === 0) throw new DomainError("invalid", "bulk_none");
  if (references.length > mostAtOnce) throw new DomainError("invalid", "bulk_many");
  return references;
}
