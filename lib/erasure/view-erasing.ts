import type { WebContext } from "#lib/context.ts";
import type { ErasureNotice, ErasureStep } from "#lib/db/generated/client.ts";
import type { NoticeState, NoticeTarget, StepState } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { parseReference } from "#lib/requests/reference.ts";
import { stepNames, type StepName } from "./step-names.ts";

export interface StepView {
  readonly name: StepName;
  /** "ahead": not begun. */
  readonly state: StepState | "ahead";
  readonly at: Date | null;
  readonly wakeAt: Date | null;
  readonly tries: number;
  /** Counts and codes. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** Key under failures.*. */
  readonly failure: string | null;
  readonly overrideReason: string | null;
}

/** Art. 19: one other party, and what it said. */
export interface NoticeView {
  readonly target: NoticeTarget;
  readonly name: string;
  readonly state: NoticeState;
  readonly tries: number;
  readonly lastAt: Date | null;
  readonly nextAt: Date | null;
}

export interface ErasingView {
  /** All of them, in their order. */
  readonly steps: readonly StepView[];
  readonly notices: readonly NoticeView[];
  readonly certifiedAt: Date | null;
}

type Asker = Pick<WebContext, "db" | "actor">;

/** How far an erasure is, for the person it is of and for operators. Throws DomainError "not_found" for everybody else. */
export async function viewErasing({ db, actor }: Asker, reference: string): Promise<ErasingView> {
  const known = parseReference(reference);
  const row = known
    ? await db.request.findUnique({
        where: { reference: known, kind: "erasure", ...(actor.operator ? {} : { personId: actor.personId }) },
        select: { erasure: { include: { steps: true, notices: { orderBy: [{ target: "asc" }, { name: "asc" }] } } }, certificate: { select: { issuedAt: true } } },
      })
    : null;
  if (!row) throw new DomainError("not_found", "request");
  const { steps = [], notices = [] } = row.erasure ?? {};
  return {
    steps: stepNames.map((name) => viewStep(name, steps.find((step) => step.name === name))),
    notices: notices.map(viewNotice),
    certifiedAt: row.certificate?.issuedAt ?? null,
  };
}

function viewStep(name: StepName, row: ErasureStep | undefined): StepView {
  if (!row) return { name, state: "ahead", at: null, wakeAt: null, tries: 0, facts: {}, failure: null, overrideReason: null };
  const { state, intendedAt, doneAt, wakeAt, tries, facts, failure, overrideReason } = row;
  return { name, state, at: doneAt ?? intendedAt, wakeAt: state === "intended" ? wakeAt : null, tries, facts: facts as StepView["facts"], failure, overrideReason };
}

function viewNotice({ target, name, state, tries, lastAt, nextAt }: ErasureNotice): NoticeView {
  return { target, name, state, tries, lastAt, nextAt };
}
