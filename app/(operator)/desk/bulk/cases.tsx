import { useTranslations } from "next-intl";
import { grouped } from "#app/_ui/reference.tsx";
import { Table } from "#app/_ui/table.tsx";
import type { BulkAct, BulkCase } from "#lib/requests/bulk.ts";

/** What the act will do to each case, or why it is left for its own page. */
export function Cases({ cases, act }: { readonly cases: readonly BulkCase[]; readonly act: BulkAct }) {
  const t = useTranslations("register.bulk");
  const kinds = useTranslations("desk.kind");
  const errors = useTranslations("errors");
  const columns = (["reference", "who", "what", "will"] as const).map((key) => ({ key, label: t(`column.${key}`) }));
  const will = ({ kind, left }: BulkCase) => (left === null ? t(`will.${act}`, { kind: kind ?? "export" }) : t("left", { why: errors(left) }));
  return (
    <Table
      caption={t("caption")}
      captioned={false}
      columns={columns}
      rows={cases.map((each) => ({ key: each.reference, cells: [grouped(each.reference), each.mxid === null ? "–" : <bdi key="who">{each.mxid}</bdi>, each.kind === null ? "–" : kinds(each.kind), will(each)] }))}
    />
  );
}
