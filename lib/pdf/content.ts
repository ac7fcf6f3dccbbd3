/** A document for people as plain data: it crosses to the process that renders it. */
export interface DocumentContent {
  readonly locale: string;
  readonly title: string;
  readonly subtitle: string;
  readonly author: string;
  readonly facts: readonly Pair[];
  readonly sections: readonly Section[];
  /** On every page: left, and right with `{page}` and `{pages}` to be replaced. */
  readonly footer: { readonly left: string; readonly pages: string };
  /** Printed at the end when a character had to be replaced by a box. */
  readonly missingGlyphs: string;
}

export interface Pair {
  readonly term: string;
  readonly text: string;
}

export interface Section {
  readonly heading: string;
  /** Starts on a page of its own. */
  readonly fresh?: boolean;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly type: "heading"; readonly text: string }
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "pairs"; readonly pairs: readonly Pair[] }
  | { readonly type: "table"; readonly columns: readonly Column[]; readonly rows: readonly (readonly string[])[] };

export interface Column {
  readonly label: string;
  /** Share of the width. */
  readonly share: number;
  readonly numeric?: boolean;
}
