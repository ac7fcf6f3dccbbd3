import { Document, Page, StyleSheet, Text, View } from "@react-pdf/renderer";
import { createElement as h, type ReactElement } from "react";
import type { Block, Column, DocumentContent, Pair, Section } from "./content.ts";

const ink = "#16202a";
const soft = "#4c5a67";
const line = "#c3ccd4";
// On each text, never inherited from the page: a text that is rendered per page (the footer) then vanishes without a
// word. And both together, since the height of a line is taken from the size beside it.
const body = { fontSize: 10, lineHeight: 1.5 };

const styles = StyleSheet.create({
  page: { paddingTop: 56, paddingBottom: 68, paddingHorizontal: 56, fontSize: 10, color: ink },
  title: { fontSize: 22, fontWeight: 700, lineHeight: 1.3, marginTop: 72, marginBottom: 6 },
  subtitle: { fontSize: 12, color: soft, marginBottom: 28 },
  heading: { fontSize: 15, fontWeight: 700, lineHeight: 1.3, marginTop: 26, marginBottom: 8 },
  small: { fontSize: 11, fontWeight: 700, lineHeight: 1.3, marginTop: 12, marginBottom: 3 },
  text: { ...body, marginTop: 4, marginBottom: 7 },
  pair: { flexDirection: "row", marginBottom: 5 },
  term: { ...body, width: "30%", paddingRight: 10, color: soft },
  meaning: { ...body, width: "70%" },
  row: { flexDirection: "row", borderBottomWidth: 0.5, borderBottomColor: line, paddingVertical: 4 },
  head: { flexDirection: "row", borderBottomWidth: 1, borderBottomColor: soft, paddingVertical: 4, fontWeight: 700 },
  footer: { position: "absolute", bottom: 30, left: 56, right: 56, flexDirection: "row", justifyContent: "space-between", fontSize: 9, color: soft },
});

/** A heading stays with at least this much of what follows. */
const ahead = 70;
/** Rows of a table that is not broken over pages. */
const short = 8;

export function documentOf(content: DocumentContent, fontFamily: string[]): ReactElement<React.ComponentProps<typeof Document>> {
  const footer = content.footer;
  const pages = ({ pageNumber, totalPages }: { pageNumber: number; totalPages: number }) =>
    footer.pages.replace("{page}", String(pageNumber)).replace("{pages}", String(totalPages));
  return h(Document, { title: content.title, author: content.author, language: content.locale },
    h(Page, { size: "A4", style: [styles.page, { fontFamily: fontFamily as never }] },
      h(Text, { style: styles.title }, content.title),
      h(Text, { style: styles.subtitle }, content.subtitle),
      h(View, null, ...content.facts.map(pair)),
      ...content.sections.map(section),
      h(View, { style: styles.footer, fixed: true }, h(Text, null, footer.left), h(Text, { render: pages as never })),
    ));
}

function section({ heading, fresh, blocks }: Section): ReactElement {
  const title = h(Text, { style: styles.heading, minPresenceAhead: ahead, bookmark: heading } as object, heading);
  const [first, ...more] = blocks;
  // The renderer keeps no heading with a table whose head is repeated; a short one goes over with it.
  const together = first?.type === "table" && first.rows.length <= short;
  const parts = together ? [h(View, { key: "first", wrap: false }, title, block(first, 0)), ...more.map((item, at) => block(item, at + 1))] : [title, ...blocks.map(block)];
  return h(View, { key: heading, break: fresh ?? false }, ...parts);
}

function block(item: Block, at: number): ReactElement {
  if (item.type === "heading") return h(Text, { key: at, style: styles.small, minPresenceAhead: ahead }, item.text);
  if (item.type === "text") return h(Text, { key: at, style: styles.text }, item.text);
  if (item.type === "pairs") return h(View, { key: at }, ...item.pairs.map(pair));
  return h(View, { key: at },
    h(View, { style: styles.head, fixed: true, minPresenceAhead: ahead }, ...item.columns.map((column, index) => cell(column, column.label, index))),
    ...item.rows.map((row, index) => h(View, { key: index, style: styles.row, wrap: false }, ...item.columns.map((column, n) => cell(column, row[n] ?? "", n)))));
}

function cell({ share, numeric }: Column, text: string, key: number): ReactElement {
  return h(Text, { key, style: { ...body, width: `${share}%`, paddingRight: 10, textAlign: numeric ? "right" : "left" } }, text);
}

function pair({ term, text }: Pair): ReactElement {
  return h(View, { key: term, style: styles.pair, wrap: false }, h(Text, { style: styles.term }, term), h(Text, { style: styles.meaning }, text));
}
