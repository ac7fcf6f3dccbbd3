import type { Findings } from "./findings.ts";
import type { Remembered } from "./remembered.ts";
import type { Tally } from "./tally.ts";

/** What is known and collected while one package is looked at. */
export interface Case {
  readonly subject: string;
  /** An operator granted the kind, by the request's row and by the manifest. */
  approved(kind: string): boolean;
  readonly findings: Findings;
  readonly tally: Tally;
  /** Token-looking strings in the person's own words. */
  readonly ownWords: Remembered;
  /** Other people where they may be named. */
  readonly others: Remembered;
}
