import { notMeLink, spoken, type Block, type Draft, type LetterFacts, type Words } from "./facts.ts";
import { inertName } from "./name.ts";

export type Reader = "person" | "officer";

/** Everything that comes from outside the catalogue passes through here before it is HTML. */
export const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

export function layText(draft: Draft, facts: LetterFacts, words: Words, reader: Reader): string {
  const parts = [greeting(facts, words, reader), ...draft.blocks.map(plain), ...closing(draft, facts, words).map(plain), signature(draft, facts, words)];
  return `${parts.join("\n\n")}\n`;
}

export function layHtml(draft: Draft, facts: LetterFacts, words: Words, reader: Reader, locale: string): string {
  const body = [
    `<p>${escape(greeting(facts, words, reader))}</p>`,
    ...draft.blocks.map(marked),
    ...closing(draft, facts, words).map((block) => `<div class="small">${marked(block)}</div>`),
    `<p class="small foot">${escape(signature(draft, facts, words)).replace(/\n/g, "<br>")}</p>`,
  ];
  return `<!doctype html>
<html lang="${escape(locale)}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escape(draft.subject)}</title>
<style>${style}</style></head>
<body><div class="letter">
${body.join("\n")}
</div></body>
</html>
`;
}

/** A notice is read in a chat: a sentence or two, the link, and the way to object. */
export function layNotice(draft: Draft, facts: LetterFacts, words: Words): { text: string; html: string } {
  const code = draft.blocks.find((block) => "code" in block);
  const notMe = notMeLink(facts);
  const text = [...draft.notice, ...(code ? [code.code] : []), draft.link];
  const html = [
    ...draft.notice.map((paragraph) => escape(paragraph).replace(/\n/g, "<br>")),
    ...(code ? [`<strong><code>${escape(code.code)}</code></strong>`] : []),
    anchor(draft.link, draft.link),
  ];
  if (draft.mayObject) {
    text.push(words.t("notMe.notice", { link: notMe }));
    html.push(`${escape(words.t("notMe.question"))} ${anchor(notMe, words.t("notMe.label"))}`);
  }
  return { text: text.join("\n\n"), html: html.map((line) => `<p>${line}</p>`).join("") };
}

function greeting(facts: LetterFacts, words: Words, reader: Reader): string {
  const name = reader === "person" ? inertName(facts.displayName) : null;
  return name === null ? words.t("greeting.plain") : words.t("greeting.named", { name });
}

function closing(draft: Draft, facts: LetterFacts, words: Words): Block[] {
  if (!draft.mayObject) return [];
  return [{ text: words.t("notMe.question") }, { link: notMeLink(facts), label: words.t("notMe.label") }];
}

/** The operator's postal identity stands under every letter. */
function signature(draft: Draft, facts: LetterFacts, words: Words): string {
  const { controller, dpoMail, serverName } = facts.policy;
  const why = draft.why ?? words.t("signature.why", { serverName, reference: spoken(facts.reference) });
  const lines = [controller.name, controller.address, words.t("signature.officer", { mail: dpoMail }), why];
  return lines.join("\n");
}

function plain(block: Block): string {
  if ("text" in block) return block.text;
  if ("code" in block) return `    ${block.code}`;
  if ("quote" in block) return block.quote.split("\n").map((line) => `> ${line}`).join("\n");
  return `${block.label}:\n${block.link}`;
}

function marked(block: Block): string {
  if ("text" in block) return `<p>${escape(block.text)}</p>`;
  if ("code" in block) return `<p class="code">${escape(block.code)}</p>`;
  if ("quote" in block) return `<blockquote>${escape(block.quote).replace(/\n/g, "<br>")}</blockquote>`;
  return `<p>${anchor(block.link, block.label)}</p>`;
}

const anchor = (link: string, label: string): string => `<a href="${escape(link)}">${escape(label)}</a>`;

/** No image, no font and no address is loaded: opening a letter tells nobody. */
const style = [
  ":root{color-scheme:light dark}",
  "body{margin:0;padding:16px;background:#ffffff;color:#1a1f24;font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}",
  ".letter{max-width:560px;margin:0 auto;overflow-wrap:anywhere}",
  "p{margin:0 0 16px}a{color:#0b57a4}",
  ".code{font:600 26px/1.3 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.12em}",
  "blockquote{margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #6b7680}",
  ".small{font-size:15px}.small p{margin:0 0 8px}.foot{margin-top:24px;padding-top:12px;border-top:1px solid #c3cad1;color:#4a545d}",
  "@media (prefers-color-scheme:dark){body{background:#14181c;color:#e8ecef}a{color:#8fc1f5}.foot{color:#aab4bd;border-color:#3c464f}}",
].join("");
