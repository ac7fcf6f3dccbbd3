import { type Finding, findingsShown, type GateCode } from "./verdict.ts";

const generated = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;
const longestPath = 200;

/** Collects what is wrong: all of it counted, the first of it kept. */
export class Findings {
  readonly shown: Finding[] = [];
  found = 0;

  add(code: GateCode, path: string, line?: number): void {
    this.found += 1;
    if (this.shown.length === findingsShown) return;
    // What is not a generated name may be anybody's words.
    const named = generated.test(path) && path.length <= longestPath ? path : "unnamed-entry";
    this.shown.push({ code, path: named, ...(line === undefined ? {} : { line }) });
  }
}
