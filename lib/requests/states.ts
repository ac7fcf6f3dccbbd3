import type { RequestState } from "#lib/db/generated/enums.ts";

export type Mover = "person" | "operator" | "worker" | "nobody";

const movers: Readonly<Record<RequestState, Mover>> = {
  unconfirmed: "person",
  review: "operator",
  grace: "person",
  running: "worker",
  ready: "person",
  failed: "operator",
  fulfilled: "nobody",
  denied: "nobody",
  withdrawn: "nobody",
  expired: "nobody",
};

/** A frozen request waits for an operator: also one that was handed out already, for that may be a breach. */
export function whoseMove(state: RequestState, frozen: boolean): Mover {
  const mover = movers[state];
  return frozen && (mover !== "nobody" || state === "fulfilled") ? "operator" : mover;
}

export function isFinal(state: RequestState): boolean {
  return movers[state] === "nobody";
}

export const states = Object.keys(movers) as RequestState[];
export const openStates = states.filter((state) => !isFinal(state));
