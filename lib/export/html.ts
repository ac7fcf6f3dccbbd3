import { visible } from "./visible.ts";

/**
 * HTML with every value escaped: a tag of 20 lines, since a template engine would be the larger risk.
 * What `html` made may stand in another `html`; everything else is text.
 */
class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}
export type { Html };

type Value = Html | string | number | readonly Html[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "`": "&#96;" };

function escape(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "object") return value.map((each) => each.text).join("");
  return visible(String(value)).replace(/[&<>"'`]/g, (char) => entities[char] ?? "");
}

export function html(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(parts.reduce((text, part, at) => text + escape(values[at - 1] ?? "") + part));
}

/** Ours, as it stands: the style sheet, whose hash is in the policy of the page. */
export function verbatim(text: string): Html {
  return new Html(text);
}
