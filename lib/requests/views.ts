import type { WebContext } from "#lib/context.ts";
import type { AccountState } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import type { ExportScope, KindCounts, KindId } from "#lib/kinds/kind.ts";
import { openKey } from "./apply.ts";
import { viewReview, type ReviewView } from "./consent-review.ts";
import { findMine } from "./find.ts";
import { can as stateCan } from "./machine.ts";
import { recoveryCode } from "./recovery.ts";
import { timelineOf, type TimelineEntry } from "./timeline.ts";
import { viewCode, viewChecked, viewPackage, viewProgress, type CodeView, type PackageView, type ProgressView } from "./view-parts.ts";
import { viewClock, type ClockView } from "./view-clock.ts";
import { viewErasure, type ErasureView } from "./view-erasure.ts";
import { viewRow, type RequestRow } from "./view-row.ts";
import { kindsGiven, viewWishes, type Wish } from "./wishes.ts";

/** What the person sees of a request of theirs. Plain data: a page re-reads it, nothing is kept. */
export interface RequestView extends RequestRow, ClockView {
  /** Of an erasure; null for a copy. */
  readonly erasure: ErasureView | null;
  readonly timeline: readonly TimelineEntry[];
  readonly progress: ProgressView | null;
  readonly package: PackageView | null;
  /** It is built, and the privacy team looks at it before it can be fetched. */
  readonly checking: boolean;
  /** Of the package that can be fetched: what the leak gate looked at. */
  readonly checked: { readonly files: number; readonly records: number } | null;
  readonly scope: ExportScope;
  /** Kinds on approval that were asked for, and what became of each. */
  readonly wishes: readonly Wish[];
  /** Of what the copy holds: how much there would be of a kind that is not granted is part of the decision. */
  readonly counts: KindCounts | null;
  readonly can: { readonly withdraw: boolean; readonly download: boolean; readonly confirm: boolean; readonly resend: boolean; readonly answer: boolean };
  readonly denial: { readonly reason: string; readonly text: string } | null;
  /** Of a request about consent: what was asked, and the answer once there is one; null for everything else. */
  readonly review: ReviewView | null;
  /** Key under failures.*. */
  readonly failure: string | null;
  readonly code: CodeView | null;
}

export interface ExportPreview {
  /** By kind, everything; null while the worker still reads. */
  readonly counts: KindCounts | null;
  readonly countsReadAt: Date | null;
  /** Reference of the open request for a copy, if there is one. */
  readonly open: string | null;
  readonly hasMail: boolean;
  readonly accountState: AccountState | null;
}

/** Newest first. */
export async function listMyRequests({ db, actor }: WebContext): Promise<RequestRow[]> {
  const rows = await db.request.findMany({ where: { personId: actor.personId }, orderBy: [{ receivedAt: "desc" }, { id: "desc" }] });
  return rows.map(viewRow);
}

/** Somebody else's reference is not_found. */
export async function viewMyRequest(ctx: WebContext, reference: string): Promise<RequestView> {
  const { id } = await findMine(ctx, reference);
  const request = await ctx.db.request.findUnique({
    where: { id },
    include: { build: true, packages: { orderBy: { builtAt: "asc" } }, codes: { orderBy: [{ createdAt: "asc" }, { id: "asc" }] } },
  });
  if (!request) throw new DomainError("not_found", "request");
  const row = viewRow(request);
  const code = viewCode(request.state, request.codes);
  const now = ctx.now();
  const confirm = stateCan(request, "confirmed");
  const built = viewPackage(request.packages);
  const checking = request.state === "review" && built !== null;
  const found = checking ? null : built;
  const scope = request.scope as unknown as ExportScope;
  const wishes = viewWishes(request);
  const clock = await viewClock(ctx, request);
  return {
    ...row,
    ...clock,
    timeline: await timelineOf(ctx.db, id),
    progress: viewProgress(request.state, request.build),
    package: found,
    checking,
    checked: found ? viewChecked(request.build) : null,
    scope,
    wishes,
    erasure: viewErasure(request, recoveryCode(ctx.secret, id)),
    counts: given(request.counts as KindCounts | null, kindsGiven(scope.kinds ?? [], wishes)),
    can: {
      withdraw: stateCan(request, "withdrawn"),
      download: stateCan(request, "downloaded") && found !== null && found.expiresAt > now,
      confirm,
      resend: confirm && mayResend(code, now),
      answer: stateCan(request, "answered"),
    },
    review: viewReview(request),
    denial: request.denialReason ? { reason: request.denialReason, text: request.denialText ?? "" } : null,
    failure: request.failure,
    code,
  };
}

function given(counts: KindCounts | null, kinds: readonly KindId[]): KindCounts | null {
  return counts && Object.fromEntries(Object.entries(counts).filter(([kind]) => kinds.includes(kind as KindId)));
}

function mayResend(code: CodeView | null, now: Date): boolean {
  return code !== null && code.resendAt !== null && code.resendAt <= now;
}

/** What a new request would hold, before it is made. */
export async function previewExport({ db, actor }: WebContext): Promise<ExportPreview> {
  const person = await db.person.findUniqueOrThrow({ where: { id: actor.personId } });
  const open = await db.request.findUnique({ where: { openKey: openKey(actor.personId, "export") }, select: { reference: true } });
  return {
    counts: person.counts as KindCounts | null,
    countsReadAt: person.countsReadAt,
    open: open?.reference ?? null,
    hasMail: person.hasMail,
    accountState: person.accountState,
  };
}
