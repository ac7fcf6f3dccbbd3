import type { Key } from "../words.ts";

type Values = Record<string, string | number>;

/** What the page says about one event: words of ours by their key, words of the person as text. */
export interface Shown {
  readonly label: Key | null;
  readonly values?: Values;
  /** The person's own words. */
  readonly text: string | null;
  /** Another event it speaks of, to go to when it is in this copy. */
  readonly about?: string | null;
  /** Shown as stored, folded. */
  readonly stored?: boolean;
}
