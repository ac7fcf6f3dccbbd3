import type { DocumentContent, Pair, Section } from "#lib/pdf/content.ts";
import type { PackageFacts } from "./facts.ts";
import { gapRows } from "./gaps.ts";
import { grantedText } from "./index-page.ts";
import { visible } from "./visible.ts";
import type { Wording } from "./wording.ts";

/** summary.pdf: cover, numbers, and the information of Art. 15(1)(a)-(h) and 15(2) in nine parts. */
export function summary(facts: PackageFacts, words: Wording): DocumentContent {
  const { t } = words;
  const { manifest, displayName, policy } = facts;
  const reference = visible(manifest.reference ?? t("about.byLetter"));
  const pairs: Pair[] = [
    { term: t("about.person"), text: visible(manifest.subject) },
    ...(displayName ? [{ term: t("about.displayName"), text: visible(displayName) }] : []),
    { term: t("about.server"), text: manifest.server },
    { term: t("about.controller"), text: `${visible(policy.controller.name)}, ${visible(policy.controller.address)}` },
    { term: t("about.dpo"), text: policy.dpoMail },
    { term: t("about.reference"), text: reference },
    { term: t("about.takenAt"), text: words.moment(new Date(manifest.takenAt)) },
    { term: t("about.writtenAt"), text: words.moment(new Date(manifest.writtenAt)) },
    ...manifest.approvals.map((approval) => ({ term: t("about.granted"), text: visible(grantedText(approval, words)) })),
    { term: t("about.period"), text: words.period(manifest.scope) },
    { term: t("about.media"), text: manifest.scope.mediaFiles ? t("about.withMedia") : t("about.withoutMedia") },
  ];
  return {
    locale: words.locale,
    title: t("title", { name: visible(displayName ?? manifest.subject) }),
    subtitle: t("pdf.subtitle"),
    author: visible(policy.controller.name),
    facts: pairs,
    sections: [counts(facts, words), exclusions(facts, words), ...informationSheet(facts, words)],
    footer: { left: t("pdf.pageOf", { reference }), pages: t("pdf.page", { page: "{page}", pages: "{pages}" }) },
    missingGlyphs: t("pdf.glyphs"),
  };
}

function counts({ manifest }: PackageFacts, words: Wording): Section {
  const { t } = words;
  const left = (line: { candidates: number; included: number }) => words.number(line.candidates - line.included);
  const { media, totals } = manifest;
  const said = manifest.counted.length > 0 ? `: ${words.list(manifest.counted.map((each) => words.counted(each)))}` : "";
  return {
    heading: t("pdf.counts"),
    fresh: true,
    blocks: [
      {
        type: "table",
        columns: [{ label: t("pdf.kind"), share: 60 }, { label: t("pdf.included"), share: 20, numeric: true }, { label: t("pdf.excluded"), share: 20, numeric: true }],
        rows: [
          ...manifest.kinds.map((line) => [words.kind(line.kind, "title") + (line.kind === "counts" ? said : ""), words.number(line.included), left(line)]),
          [t("contents.total"), words.number(totals.included), left(totals)],
        ],
      },
      ...(media.files > 0
        ? [{ type: "text", text: t("contents.mediaFilesWhat", { files: media.files, bytes: words.bytes(media.bytes), index: "media-files.csv" }) } as const]
        : []),
    ],
  };
}

function exclusions({ manifest }: PackageFacts, words: Wording): Section {
  const { t } = words;
  return {
    heading: t("pdf.exclusions"),
    fresh: true,
    blocks: [{
      type: "table",
      columns: [{ label: t("pdf.reason"), share: 28 }, { label: t("missing.count"), share: 14, numeric: true }, { label: t("missing.why"), share: 58 }],
      rows: gapRows(manifest.missing, words).map((gap) => [gap.name, gap.count === undefined ? t("missing.unknown") : words.number(gap.count), gap.why]),
    }],
  };
}

/** The nine parts. Those that differ by kind are generated from the kinds' own words. */
export function informationSheet({ manifest, policy, bases }: PackageFacts, words: Wording): Section[] {
  const { t } = words;
  const kinds = manifest.kinds.map((line) => line.kind);
  const basis = (id: (typeof kinds)[number]) => (bases[id] ? ` ${t(`sheet.basis.${bases[id]}`)}` : "");
  const each = (part: "what" | "why" | "kept", after: (id: (typeof kinds)[number]) => string = () => ""): Pair[] =>
    kinds.map((id) => ({ term: words.kind(id, "title"), text: words.kind(id, part) + after(id) }));
  const values = {
    controller: visible(policy.controller.name),
    server: manifest.server,
    portal: policy.portalUrl,
    dpo: policy.dpoMail,
    authority: visible(policy.authority.name),
    url: policy.authority.url,
    pushers: words.kind("pushers", "title"),
  };
  const heading = (part: string) => ({ type: "heading", text: t(`sheet.${part}.heading`) }) as const;
  const said = (part: string) => [heading(part), { type: "text", text: t(`sheet.${part}.text`, values) } as const];
  const listed = (part: string, pairs: Pair[]) =>
    [heading(part), { type: "text", text: t(`sheet.${part}.lead`, values) }, { type: "pairs", pairs }] as const;
  return [{
    heading: t("pdf.sheet"),
    fresh: true,
    blocks: [
      { type: "text", text: t("pdf.sheetLead", values) },
      ...listed("a", each("why", basis)),
      ...listed("b", each("what")),
      ...said("c"),
      ...listed("d", each("kept")),
      ...said("e"),
      ...said("f"),
      ...said("g"),
      ...said("h"),
      ...said("transfers"),
    ],
  }];
}
