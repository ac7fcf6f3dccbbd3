import type { WebContext } from "#lib/context.ts";
import type { AccountState, RequestVia } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import type { ExportScope, KindCounts } from "#lib/kinds/kind.ts";
import { caseRow, type CaseRow } from "./case-row.ts";
import { barredFrom, type Barred } from "./find.ts";
import { viewReview, type ReviewView } from "./consent-review.ts";
import { extensionBarred, type ExtensionBarred } from "./extension-barred.ts";
import { denialReasonsFor, type DenialReason } from "./denial-reasons.ts";
import { can as stateCan } from "./machine.ts";
import { recordLook } from "./record-look.ts";
import { parseReference } from "./reference.ts";
import { timelineOf, type TimelineEntry } from "./timeline.ts";
import { forecastClock, viewClock, type ClockForecast, type ClockView } from "./view-clock.ts";
import { viewCasework, type CaseworkView } from "./view-casework.ts";
import { viewErasure, type ErasureView } from "./view-erasure.ts";
import { viewWishes, type Wish } from "./wishes.ts";
import { viewPackage, viewProgress, viewVerdict, type PackageView, type ProgressView, type VerdictView } from "./view-parts.ts";

export type { CaseRow } from "./case-row.ts";

interface ClockSteps {
  readonly ask: boolean;
  readonly endEnquiry: boolean;
  readonly extend: boolean;
}

export interface CaseView extends CaseRow, ClockView {
  readonly forecast: ClockForecast;
  readonly dueAt: Date;
  readonly timeline: readonly TimelineEntry[];
  readonly progress: ProgressView | null;
  readonly package: PackageView | null;
  /** Of the package on offer, or of the one that was stopped. */
  readonly verdict: VerdictView | null;
  readonly scope: ExportScope;
  /** Kinds on approval that were asked for: each needs a ruling when the case is approved. */
  readonly wishes: readonly Wish[];
  /** null while the worker still counts. */
  readonly counts: KindCounts | null;
  readonly countsReadAt: Date | null;
  readonly confirmedAt: Date | null;
  readonly frozenAt: Date | null;
  readonly decision: { readonly at: Date; readonly by: string | null } | null;
  readonly denial: { readonly reason: string; readonly text: string } | null;
  /** Of a request about consent; null for everything else. */
  readonly review: ReviewView | null;
  readonly failure: string | null;
  readonly account: { readonly state: AccountState | null; readonly hasMail: boolean; readonly readAt: Date | null };
  readonly reasons: readonly DenialReason[];
  /** Of an erasure; null for a copy. */
  readonly erasure: ErasureView | null;
  readonly can: { readonly approve: boolean; readonly reply: boolean; readonly handOut: boolean; readonly deny: boolean; readonly retry: boolean; readonly release: boolean; readonly hold: boolean; readonly unhold: boolean } & ClockSteps;
  /** Key under errors.*: why two months more cannot be taken now, where they could be otherwise. */
  readonly extensionBarred: ExtensionBarred | null;
  /** Where two operators must agree: nobody has yet, the first was you, or the second is yours to give. */
  readonly second: "needed" | "was_you" | "yours" | null;
  readonly casework: CaseworkView;
  readonly via: RequestVia;
  /** Entered on the person's behalf: by whom, and on what evidence. */
  readonly entered: { readonly by: string; readonly evidence: string } | null;
  /** Key under errors.*: why the operator may do nothing at all here. */
  readonly barred: Barred | null;
}

/** Throws DomainError("not_found") for people without a role on the desk. Own cases are shown, and say that they are. */
export async function viewCase(ctx: WebContext, reference: string): Promise<CaseView> {
  const known = ctx.actor.role !== null ? parseReference(reference) : null;
  const request = known
    ? await ctx.db.request.findUnique({
        where: { reference: known },
        include: { person: true, assignee: { select: { mxid: true } }, enteredBy: { select: { mxid: true } }, decidedBy: true, build: true, packages: { orderBy: { builtAt: "asc" } } },
      })
    : null;
  if (!request) throw new DomainError("not_found", "request");
  await recordLook(ctx, { subjectId: request.personId, requestId: request.id, what: "case" });
  const row = caseRow(request, ctx);
  const clock = await viewClock(ctx, request);
  const barred = barredFrom(ctx.actor, request, false);
  const standing = { ...request, packages: request.packages.filter(({ removedAt }) => removedAt === null) };
  const may = (event: Parameters<typeof stateCan>[1]) => barred === null && stateCan(standing, event);
  const erasure = viewErasure(request, null);
  const { person } = request;
  const notExtended = extensionBarred(request, ctx.now());
  const found = viewPackage(request.packages);
  const verdict = viewVerdict(request.build);
  return {
    ...row,
    dueAt: request.dueAt,
    ...clock,
    forecast: forecastClock(ctx, request, clock.enquiries),
    timeline: await timelineOf(ctx.db, request.id),
    progress: viewProgress(request.state, request.build),
    package: found,
    verdict: verdict && (verdict.passed ? found !== null : request.failure === "package_blocked") ? verdict : null,
    scope: request.scope as unknown as ExportScope,
    wishes: viewWishes(request),
    counts: request.counts as KindCounts | null,
    countsReadAt: request.countsReadAt,
    confirmedAt: request.confirmedAt,
    frozenAt: request.frozenAt,
    decision: request.decidedAt ? { at: request.decidedAt, by: request.decidedBy?.mxid ?? null } : null,
    denial: request.denialReason ? { reason: request.denialReason, text: request.denialText ?? "" } : null,
    review: viewReview(request),
    failure: request.failure,
    account: { state: person.accountState, hasMail: person.hasMail, readAt: person.accountReadAt },
    reasons: denialReasonsFor(request.kind),
    erasure,
    can: {
      approve: barredFrom(ctx.actor, request, true) === null && stateCan(standing, "approved") && request.agreedById !== ctx.actor.personId,
      reply: may("replied"),
      // Bytes without a key are left to be removed: nobody can open them.
      handOut: may("handed_out") && found !== null,
      deny: may("denied"),
      retry: may("retried"),
      release: may("released"),
      hold: may("held"),
      unhold: may("unheld"),
      ask: may("asked"),
      endEnquiry: may("enquiry_ended"),
      extend: may("extended") && notExtended === null,
    },
    extensionBarred: may("extended") ? notExtended : null,
    second: request.risks.length === 0 ? null : request.agreedById === null ? "needed" : request.agreedById === ctx.actor.personId ? "was_you" : "yours",
    casework: await viewCasework(ctx.db, request.id),
    via: request.via,
    entered: request.enteredBy ? { by: request.enteredBy.mxid, evidence: request.evidence ?? "" } : null,
    barred: barredFrom(ctx.actor, request, true),
  };
}
