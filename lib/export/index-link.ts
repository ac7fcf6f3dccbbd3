import { type Html, html } from "./html.ts";

/** Stands in a sentence where a link goes; no sentence has it otherwise. */
export const mark = "\uE000";

/** The sentence with its marks replaced, one link after the other. */
export function linked(sentence: string, ...links: readonly Html[]): Html {
  return html`${sentence.split(mark).flatMap((part, at) => (at === 0 ? [html`${part}`] : [links[at - 1] ?? html``, html`${part}`]))}`;
}
