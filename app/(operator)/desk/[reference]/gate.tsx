import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import type { VerdictView } from "#lib/requests/view-parts.ts";

/** What the leak gate said of the finished package: how much it looked at, or where it found what. */
export function Gate({ verdict }: { readonly verdict: VerdictView | null }) {
  const t = useTranslations("desk.gate");
  const format = useFormatter();
  if (!verdict) return null;
  const { passed, version, files, records, bytes, found, findings, at } = verdict;
  return (
    <Section id="gate" title={t(passed ? "passed" : "blocked")}>
      <p>{passed ? t("passedAbout") : t("blockedAbout", { found })}</p>
      {passed ? null : (
        <Table
          captioned={false}
          caption={t("blocked")}
          columns={[
            { key: "file", label: t("file") },
            { key: "reason", label: t("reason") },
            { key: "line", label: t("line"), numeric: true },
          ]}
          rows={findings.map(({ path, line, code }, index) => ({
            key: String(index),
            cells: [<code key="path">{path}</code>, t(`codes.${code}`), line === undefined ? t("whole") : format.number(line)],
          }))}
        />
      )}
      {found > findings.length ? <p>{t("more", { count: found - findings.length })}</p> : null}
      <SummaryList
        dense
        facts={[
          { key: "looked", term: t("looked"), value: t("lookedValue", { files, records, size: bytesInWords(format, bytes) }) },
          { key: "rules", term: t("rules"), value: t("rulesValue", { version }) },
          { key: "at", term: t("at"), value: <When at={at} /> },
        ]}
      />
    </Section>
  );
}
