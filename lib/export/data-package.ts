import type { Column } from "#lib/kinds/kind.ts";
import { bagFolder, isPayload } from "./bag.ts";
import type { PackageFacts } from "./facts.ts";
import { ledgerColumns, ledgerPath } from "./ledger.ts";
import type { ManifestFile } from "./manifest.ts";
import { mediaIndexColumns, mediaIndexPath } from "./write-media.ts";
import type { Wording } from "./wording.ts";

/** datapackage.json (Data Package 2): what every column of every table means, for programs. */
export function dataPackage(facts: PackageFacts, words: Wording): string {
  const { manifest, policy } = facts;
  const described = {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: bagFolder(manifest.reference).toLowerCase(),
    title: words.t("title", { name: manifest.subject }),
    description: words.t("columns.lead"),
    created: manifest.writtenAt,
    contributors: [{ title: policy.controller.name, roles: ["publisher"] }],
    resources: manifest.files.filter(isPayload).map((file) => resource(file, facts, words)),
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}

function resource(file: ManifestFile, facts: PackageFacts, words: Wording) {
  const columns = columnsOf(file, facts);
  const about = {
    name: file.path.replace("data/", "").toLowerCase(),
    path: file.path,
    ...(file.kind && !file.mediaId ? { title: words.kind(file.kind, "title"), description: words.kind(file.kind, "what") } : {}),
  };
  const sums = { bytes: file.bytes, hash: `sha256:${file.sha256}` };
  if (columns) {
    const fields = columns.map(({ name, type }) => ({ name, type, description: words.column(name) ?? undefined }));
    return { ...about, type: "table", format: "csv", mediatype: "text/csv", encoding: "utf-8", ...sums, schema: { fields } };
  }
  // Lines of different shapes are no table, and programs that see "ndjson" here read one.
  if (file.path.endsWith(".ndjson")) return { ...about, format: "text", mediatype: "application/x-ndjson", encoding: "utf-8", ...sums };
  return { ...about, ...sums };
}

/** Null for what is no table. */
function columnsOf({ path, kind, mediaId }: ManifestFile, { columns }: PackageFacts): readonly Column[] | null {
  if (path === ledgerPath) return ledgerColumns;
  if (path === mediaIndexPath) return mediaIndexColumns;
  return (kind && mediaId === undefined && path.endsWith(".csv") && columns[kind]) || null;
}
