import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import type { PackageSummary, Totals } from "#lib/export/manifest.ts";
import { exclusions } from "#lib/kinds/kind.ts";

/** Candidates = included + excluded by reason, a line a kind, as the package's own ledger has it. */
export function Ledger({ summary, builtAt, bytes }: { readonly summary: PackageSummary; readonly builtAt: Date; readonly bytes: number }) {
  const t = useTranslations("desk.case");
  const kinds = useTranslations("kinds");
  const format = useFormatter();
  const used = exclusions.filter((reason) => summary.totals.excluded[reason] > 0);
  const numbers = (line: Totals) => [
    format.number(line.candidates),
    format.number(line.included),
    ...used.map((reason) => format.number(line.excluded[reason])),
  ];
  return (
    <>
      <Table
        captioned={false}
        caption={t("numbersBuilt")}
        columns={[
          { key: "kind", label: t("kind") },
          { key: "candidates", label: t("candidates"), numeric: true },
          { key: "included", label: t("included"), numeric: true },
          ...used.map((reason) => ({ key: reason, label: t(`excluded.${reason}`), numeric: true })),
        ]}
        rows={summary.kinds.map((line) => ({ key: line.kind, cells: [kinds(`${line.kind}.title`), ...numbers(line)] }))}
        footer={[t("total"), ...numbers(summary.totals)]}
      />
      <p>
        {t.rich("built", { size: bytesInWords(format, bytes), time: () => <When key="t" at={builtAt} /> })}{" "}
        {summary.media.missing > 0 ? t("missing", { count: summary.media.missing }) : null}
      </p>
    </>
  );
}
