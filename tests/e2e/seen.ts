import { readFileSync } from "node:fs";
import { stack } from "./facts.ts";
import type { Recorded } from "./recorder.ts";

/** Everything the portal's server could have seen since `from`: requests whole, and what it logged itself. */
export interface Seen {
  readonly requests: readonly Recorded[];
  /** All of it as one text, for "this must not be in it". */
  readonly text: string;
}

/** Marks a moment; call the result later to get what came since. */
export function watchServer(): () => Seen {
  const { requestsFile, webLog } = stack();
  const [requestsBefore, logBefore] = [readFileSync(requestsFile, "utf8").length, readFileSync(webLog, "utf8").length];
  return () => {
    const requests = readFileSync(requestsFile, "utf8").slice(requestsBefore);
    const log = readFileSync(webLog, "utf8").slice(logBefore);
    return { requests: requests.split("\n").filter(Boolean).map((line) => JSON.parse(line) as Recorded), text: requests + log };
  };
}
