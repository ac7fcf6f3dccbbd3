import type { PackageFacts } from "./facts.ts";
import { type Html, html } from "./html.ts";
import { linked, mark } from "./index-link.ts";
import { ledgerPath } from "./ledger.ts";
import { receiptsFolder } from "./write-receipts.ts";
import { mediaIndexPath } from "./write-media.ts";
import type { Wording } from "./wording.ts";

/** What each sort of file is for, then all of them with length and SHA-256. Media and parts of the viewer, by the thousand, are left to the manifest. */
export function fileList({ manifest }: PackageFacts, words: Wording): Html {
  const { t } = words;
  const media = manifest.files.filter((file) => file.mediaId !== undefined);
  const viewer = manifest.files.filter((file) => file.path.startsWith("viewer/"));
  const listed = manifest.files.filter((file) => file.mediaId === undefined && !viewer.includes(file));
  const unlisted = media.length + viewer.length;
  const mediaText = linked(t("files.media", { list: mark, index: mark }), html`<a href="data/media.csv">media.csv</a>`, html`<a href="${mediaIndexPath}">media-files.csv</a>`);
  const sorts: readonly (readonly [Html, Html])[] = [
    [html`data/*.csv`, html`${t("files.csv")}`],
    [html`data/*.ndjson`, html`${t("files.ndjson")}`],
    ...(media.length > 0 ? [[html`data/media/`, mediaText] as const] : []),
    ...(manifest.files.some((file) => file.path.startsWith(receiptsFolder)) ? [[html`${receiptsFolder}`, html`${t("files.receipts")}`] as const] : []),
    ...(viewer.length > 0 ? [[html`viewer/`, html`${t("files.viewer")}`] as const] : []),
    [html`<a href="${ledgerPath}">${ledgerPath}</a>`, html`${t("files.ledger")}`],
    [html`<a href="summary.pdf">summary.pdf</a>`, html`${t("files.summary")}`],
    [html`<a href="manifest.json">manifest.json</a>`, html`${t("files.manifest")}`],
    [html`<a href="signature.json">signature.json</a>`, html`${t("files.signature")}`],
    [html`<a href="datapackage.json">datapackage.json</a>`, html`${t("files.datapackage")}`],
    [html`<a href="manifest-sha256.txt">manifest-sha256.txt</a>, <a href="tagmanifest-sha256.txt">tagmanifest-sha256.txt</a>`, html`${t("files.sums")}`],
    [html`<a href="bagit.txt">bagit.txt</a>, <a href="bag-info.txt">bag-info.txt</a>`, html`${t("files.bag")}`],
    [html`<a href="README.txt">README.txt</a>`, html`${t("files.readme")}`],
  ];
  return html`<section><h2>${t("files.heading")}</h2>
<dl>${sorts.map(([name, text]) => html`<dt>${name}</dt><dd>${text}</dd>
`)}</dl>
<details><summary>${t("files.list", { count: listed.length })}</summary>
<div class="scroll"><table>
<thead><tr><th scope="col">${t("files.name")}</th><th scope="col" class="number">${t("files.bytes")}</th><th scope="col">${t("files.sha256")}</th></tr></thead>
<tbody>${listed.map((file) => html`<tr><th scope="row"><a href="${file.path}">${file.path}</a></th><td class="number">${words.number(file.bytes)}</td><td><code>${file.sha256}</code></td></tr>
`)}</tbody>
</table></div>
${unlisted > 0 ? html`<p>${t("files.more", { count: unlisted })}</p>` : html``}</details></section>`;
}
