import type { KindId } from "#lib/kinds/kind.ts";
import type { PackageFacts } from "./facts.ts";
import { type Html, html } from "./html.ts";
import { linked, mark } from "./index-link.ts";
import { gapRows } from "./gaps.ts";
import type { KindSummary } from "./manifest.ts";
import { mediaIndexPath } from "./write-media.ts";
import type { Wording } from "./wording.ts";

/** What is in the package, a row a kind, with links to its files. */
export function contentsTable({ manifest }: PackageFacts, words: Wording): Html {
  const { t } = words;
  const said = manifest.counted.length > 0 ? ` (${words.list(manifest.counted.map((each) => words.counted(each)))})` : "";
  const row = ({ kind, included }: KindSummary) => html`<tr>
<th scope="row">${words.kind(kind, "title")}<span class="soft">${words.kind(kind, "what")}${kind === "counts" ? said : ""}</span></th>
<td class="number" data-label="${t("contents.records")}">${included === 0 ? t("contents.empty") : words.number(included)}</td>
<td data-label="${t("contents.read")}">${link(manifest, kind, ".csv")}</td>
<td data-label="${t("contents.lines")}">${link(manifest, kind, ".ndjson")}</td>
</tr>
`;
  return html`<div class="scroll"><table class="stack">
<thead><tr><th scope="col">${t("contents.kind")}</th><th scope="col" class="number">${t("contents.records")}</th><th scope="col">${t("contents.read")}</th><th scope="col">${t("contents.lines")}</th></tr></thead>
<tbody>${manifest.kinds.map(row)}</tbody>
<tfoot><tr><th scope="row">${t("contents.total")}</th><td class="number" data-label="${t("contents.records")}">${words.number(manifest.totals.included)}</td><td></td><td></td></tr></tfoot>
</table></div>
${mediaNote(manifest.media, words)}`;
}

function link({ files }: PackageFacts["manifest"], kind: KindId, ending: ".csv" | ".ndjson"): Html {
  const path = files.find((file) => file.kind === kind && file.mediaId === undefined && file.path.endsWith(ending))?.path;
  return path ? html`<a href="${path}">${path.replace("data/", "")}</a>` : html`–`;
}

function mediaNote({ files, bytes }: PackageFacts["manifest"]["media"], words: Wording): Html {
  if (files === 0) return html``;
  const { t } = words;
  const text = t("contents.mediaFilesWhat", { files, bytes: words.bytes(bytes), index: mark });
  return html`<h3>${t("contents.mediaFiles")}</h3>
<p>${linked(text, html`<a href="${mediaIndexPath}">${mediaIndexPath.replace("data/", "")}</a>`)} <a href="data/media/">${t("contents.folder")}</a></p>`;
}

/** What is not in it: counted reasons first; kinds that were not asked for share one row. */
export function missingTable({ manifest }: PackageFacts, words: Wording): Html {
  const { t } = words;
  return html`<div class="scroll"><table class="stack reasons">
<thead><tr><th scope="col">${t("missing.reason")}</th><th scope="col" class="number">${t("missing.count")}</th><th scope="col">${t("missing.why")}</th></tr></thead>
<tbody>${gapRows(manifest.missing, words).map((gap) => html`<tr>
<th scope="row">${gap.name}</th>
<td class="number" data-label="${t("missing.count")}">${gap.count === undefined ? t("missing.unknown") : words.number(gap.count)}</td>
<td>${gap.why}</td>
</tr>
`)}</tbody>
</table></div>`;
}
