import Link from "next/link";
import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import { requestKinds, type KindNumbers, type MonthNumbers } from "#lib/reports/numbers.ts";

const states = { granted: "fulfilled", denied: "denied", withdrawn: "withdrawn", expired: "expired" } as const;
const columns = ["received", "answered", "granted", "denied", "withdrawn", "expired"] as const;

/** What came of the requests of twelve months, by kind; each number leads to its list. */
export function Outcomes({ months }: { readonly months: readonly MonthNumbers[] }) {
  const t = useTranslations("reports.byKind");
  const kinds = useTranslations("reports.kind");
  const sum = (kind: (typeof requestKinds)[number], of: (numbers: KindNumbers) => number) => months.reduce((all, { byKind }) => all + of(byKind[kind]), 0);
  const value = (kind: (typeof requestKinds)[number], column: (typeof columns)[number]) => {
    const count = sum(kind, (numbers) => (column === "received" || column === "answered" ? numbers[column] : numbers.outcomes[column]));
    const state = column === "received" || column === "answered" ? "all" : states[column];
    return (
      <Link key={column} href={`/desk?${new URLSearchParams({ state, kind })}`} prefetch={false}>
        {count}
      </Link>
    );
  };
  return (
    <Section id="outcomes" title={t("title")}>
      <Table
        caption={t("caption")}
        columns={[{ key: "kind", label: t("kind") }, ...columns.map((key) => ({ key, label: t(key), numeric: true }))]}
        rows={requestKinds.map((kind) => ({ key: kind, cells: [kinds(kind), ...columns.map((column) => value(kind, column))] }))}
      />
    </Section>
  );
}
