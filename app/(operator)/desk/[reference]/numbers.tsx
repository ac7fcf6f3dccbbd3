import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import { totals } from "#app/_request/totals.ts";
import type { PackageSummary } from "#lib/export/manifest.ts";
import type { KindId } from "#lib/kinds/kind.ts";
import { kindsGiven } from "#lib/requests/wishes.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { Ledger } from "./ledger.tsx";

/** The package by the numbers: a forecast until it is built, its own ledger afterwards. */
export function Numbers({ view }: { readonly view: CaseView }) {
  const t = useTranslations("desk.case");
  if (view.package) {
    return (
      <Section id="numbers" title={t("numbersBuilt")}>
        <Ledger summary={view.package.summary as PackageSummary} builtAt={view.package.builtAt} bytes={view.package.bytes} />
      </Section>
    );
  }
  if (view.closedAt) return null;
  return (
    <Section id="numbers" title={t("numbers")}>
      <Forecast view={view} />
    </Section>
  );
}

function Forecast({ view: { counts, countsReadAt, scope, wishes } }: { readonly view: CaseView }) {
  const t = useTranslations("desk.case");
  const kinds = useTranslations("kinds");
  const format = useFormatter();
  if (!counts) return <p>{t("uncounted")}</p>;
  const given = kindsGiven(scope.kinds, wishes);
  const all = totals(counts, { ...scope, kinds: given });
  const undecided = (id: KindId) => wishes.some(({ kind, ruling }) => kind === id && ruling === "asked");
  return (
    <>
      <Table
        captioned={false}
        caption={t("numbers")}
        columns={[
          { key: "kind", label: t("kind") },
          { key: "rows", label: t("rows"), numeric: true },
          { key: "size", label: t("size"), numeric: true },
        ]}
        rows={scope.kinds.filter((id) => given.includes(id) || undecided(id)).map((id) => {
          const { rows = 0, bytes = 0 } = counts[id] ?? {};
          const size = id === "media" && !scope.mediaFiles ? t("listOnly") : bytesInWords(format, bytes);
          const name = kinds(`${id}.title`);
          return { key: id, cells: [undecided(id) ? t("ifGranted", { name }) : name, format.number(rows), size] };
        })}
        footer={[t("total"), format.number(all.rows), bytesInWords(format, all.bytes)]}
      />
      {countsReadAt ? <p>{t.rich("counted", { time: () => <When key="t" at={countsReadAt} /> })}</p> : null}
    </>
  );
}
