import type { WorkerContext } from "#lib/context.ts";
import type { Account, Mxid } from "#lib/matrix/homeserver.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import type { Eyes } from "./eyes.ts";
import type { Memory } from "./memory.ts";
import type { StepName } from "./step-names.ts";

/** Counts and codes, by name. Never an id of a room or an event, never somebody's words. */
export type Facts = Readonly<Record<string, FactValue>>;
export type FactValue = string | number | boolean | null | readonly FactValue[] | { readonly [name: string]: FactValue };

/**
 * How a step ended, for now. `waits`: the run ends here and goes on at `until`. Thrown instead: RetryLater (the same, with
 * a failure in words), GiveUp (an operator must look).
 */
export type Outcome =
  | { readonly is: "done"; readonly facts: Facts }
  | { readonly is: "waits"; readonly until: Date; readonly facts: Facts };

export type StepContext = Pick<
  WorkerContext,
  "db" | "enqueue" | "homeserver" | "synapseDb" | "filesLeft" | "eraser" | "teller" | "renderPdf" | "sign" | "policy" | "secret" | "registerFile" | "now" | "log"
>;

/** One erasure under way, as its steps see it. Without a request where erasures are done again after a restore. */
export interface Run {
  readonly ctx: StepContext;
  readonly eyes: Eyes;
  readonly mxid: Mxid;
  readonly options: ErasureOptions;
  /** @throws GiveUp when it is not written down yet */
  readonly memory: () => Memory;
  /** What this step has recorded so far. */
  readonly facts: Facts;
  /** What another step recorded. */
  of(step: StepName): Facts;
  /** Records progress; the step stops here (Stopped) when the run is not ours any more, or nothing may be done any more. */
  note(facts: Facts): Promise<void>;
  /** A few seconds at most; whatever takes longer waits. */
  pause(milliseconds: number): Promise<void>;
  /** The run has lasted so long that others should have their turn. */
  tired(): boolean;
  /** @throws GiveUp "account_gone" */
  account(): Promise<Account>;
}

/** One step: looks first, acts, reads back, and may be repeated from the start at any time. */
export interface Step<R extends Run = Run> {
  readonly name: StepName;
  act(run: R): Promise<Outcome>;
}

export const done = (facts: Facts = {}): Outcome => ({ is: "done", facts });
/** Nothing to do, and why: a code under erasure.skipped.*. */
export const skipped = (why: string): Outcome => done({ skipped: why });

export function waits(run: Pick<Run, "ctx">, seconds: number, facts: Facts = {}): Outcome {
  return { is: "waits", until: new Date(run.ctx.now().getTime() + seconds * 1000), facts };
}

/** A count among facts; 0 where nothing stands yet. */
export const count = (value: FactValue | undefined): number => (typeof value === "number" ? value : 0);
export const text = (value: FactValue | undefined): string | null => (typeof value === "string" ? value : null);
export const tally = (value: FactValue | undefined): Readonly<Record<string, number>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, number>) : {};
