import { useTranslations } from "next-intl";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import type { ConsentEntry } from "#lib/consent/view-consents.ts";

/** Everything said about a text; each act of the person's own here has a receipt. */
export function History({ entries }: { readonly entries: readonly ConsentEntry[] }) {
  const t = useTranslations("consents.history");
  if (entries.length === 0) return <p>{t("none")}</p>;
  const columns = (["when", "what", "how", "receipt"] as const).map((key) => ({ key, label: t(key) }));
  const receipt = ({ id, via }: ConsentEntry) =>
    via === "homeserver" ? (
      t("noReceipt")
    ) : (
      <>
        <a href={`/consents/receipts/${id}`}>{t("json")}</a> <a href={`/consents/receipts/${id}?as=pdf`}>{t("pdf")}</a>
      </>
    );
  return (
    <Table
      caption={t("caption")}
      captioned={false}
      columns={columns}
      rows={entries.map((entry) => ({ key: entry.id, cells: [<When key="when" at={entry.at} />, t(`act.${entry.act}`, { version: entry.version }), t(`via.${entry.via}`), receipt(entry)] }))}
    />
  );
}
