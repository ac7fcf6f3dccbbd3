import type { WebContext } from "#lib/context.ts";
import type { NoticeState, NoticeTarget, StepState } from "#lib/db/generated/enums.ts";
import { findCaseToRead } from "./find-erasure.ts";
import { findMine } from "#lib/requests/find.ts";
import type { Residue } from "./residue.ts";
import type { Facts } from "./step.ts";
import { type StepName, stepNames } from "./step-names.ts";

/** A step as a page shows it. `waiting`: nothing has begun yet. Failures are keys under failures.*. */
export interface StepView {
  readonly name: StepName;
  readonly state: "waiting" | StepState;
  readonly facts: Facts;
  readonly failure: string | null;
  readonly tries: number;
  readonly begunAt: Date | null;
  readonly doneAt: Date | null;
  readonly wakeAt: Date | null;
  /** The operator's words; for the desk and the certificate. */
  readonly overrideReason: string | null;
}

export interface NoticeView {
  readonly target: NoticeTarget;
  readonly name: string;
  readonly state: NoticeState;
  readonly tries: number;
  readonly nextAt: Date | null;
  readonly lastAt: Date | null;
  readonly failure: string | null;
}

export interface ErasureProgress {
  readonly steps: readonly StepView[];
  readonly notices: readonly NoticeView[];
  readonly residue: Residue | null;
  readonly certified: boolean;
}

/** The person's own. Throws "not_found". */
export async function listMySteps(ctx: WebContext, reference: string): Promise<ErasureProgress> {
  const { id } = await findMine(ctx, reference);
  const all = await read(ctx, id);
  // What the privacy team wrote to each other is theirs until the certificate says it.
  return { ...all, steps: all.steps.map((step) => ({ ...step, overrideReason: null })) };
}

/** For the desk. Throws "not_found". */
export async function listSteps(ctx: WebContext, reference: string): Promise<ErasureProgress> {
  return await read(ctx, await findCaseToRead(ctx, reference));
}

async function read({ db }: WebContext, requestId: string): Promise<ErasureProgress> {
  const erasure = await db.erasure.findUnique({
    where: { requestId },
    select: { residue: true, steps: true, notices: { orderBy: [{ target: "asc" }, { name: "asc" }] }, request: { select: { certificate: { select: { requestId: true } } } } },
  });
  return {
    steps: stepNames.map((name) => {
      const row = erasure?.steps.find((each) => each.name === name);
      if (!row) return { name, state: "waiting", facts: {}, failure: null, tries: 0, begunAt: null, doneAt: null, wakeAt: null, overrideReason: null };
      const { state, facts, failure, tries, intendedAt, doneAt, wakeAt, overrideReason } = row;
      return { name, state, facts: facts as Facts, failure, tries, begunAt: intendedAt, doneAt, wakeAt, overrideReason };
    }),
    notices: (erasure?.notices ?? []).map(({ target, name, state, tries, nextAt, lastAt, failure }) => ({ target, name, state, tries, nextAt, lastAt, failure })),
    residue: (erasure?.residue ?? null) as unknown as Residue | null,
    certified: Boolean(erasure?.request.certificate),
  };
}
