import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { asDesk } from "#app/_server/guard.ts";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page } from "#app/_ui/page.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import { listDifferences, type Difference } from "#lib/consent/list-differences.ts";
import { withdrawnVersion } from "#lib/consent/policy-file.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consent.desk");
  return { title: t("title") };
}

/** Of whom ledger and homeserver say different things. */
export default async function ConsentDifferencesPage() {
  const { homeserverAsks, total, rows } = await listDifferences(await asDesk());
  const [t, failures] = [await getTranslations("consent.desk"), await getTranslations("failures")];
  const there = ({ seen, readAt }: Difference) => (seen === null ? t(readAt === null ? "never" : "nothing") : seen === withdrawnVersion ? t("blocked") : t("agreed", { version: seen }));
  const ours = ({ act, version }: Difference) => t(act === "given" ? "agreed" : "withdrawn", { version });
  return (
    <Page
      wide
      title={t("title")}
      lead={t("lead")}
      eyebrow={
        <Link href="/desk" prefetch={false}>
          {t("back")}
        </Link>
      }
    >
      {homeserverAsks ? null : <p>{t("alone")}</p>}
      {homeserverAsks && total === 0 ? <EmptyState title={t("none")}>{t("noneText")}</EmptyState> : null}
      {total > 0 ? (
        <Table
          caption={t("count", { shown: rows.length, count: total })}
          columns={(["person", "ours", "theirs", "read", "why"] as const).map((key) => ({ key, label: t(`columns.${key}`) }))}
          rows={rows.map((row) => ({
            key: row.mxid,
            cells: [
              <code key="mxid">{row.mxid}</code>,
              <span key="ours">{t.rich("since", { what: ours(row), when: () => <When at={row.at} /> })}</span>,
              there(row),
              row.readAt ? <When key="read" at={row.readAt} /> : t("never"),
              row.failure ? failures(row.failure) : t("unknown"),
            ],
          }))}
        />
      ) : null}
    </Page>
  );
}
