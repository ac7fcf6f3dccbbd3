import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { listAudit, type AuditLine } from "#lib/requests/list-audit.ts";
import styles from "../../desk.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("oversight.audit");
  return { title: t("title") };
}

/** The audit record, a hundred at a time; of one request with `?reference=`. */
export default async function AuditPage({ searchParams }: PageProps<"/desk/oversight/audit">) {
  const { lines, older, head, reference } = await listAudit(await asDesk(), await searchParams);
  const t = await getTranslations("oversight.audit");
  const columns = (["number", "when", "what", "who", "request", "data", "hash"] as const).map((key) => ({ key, label: t(key), numeric: key === "number" }));
  const cells = (line: AuditLine) => [
    line.seq,
    <When key="when" at={line.at} />,
    <code key="what">{line.event}</code>,
    line.by === null ? t(`actor.${line.actor}`) : <bdi key="who" dir="ltr">{line.by}</bdi>,
    line.reference === null ? null : (
      <Link key="request" href={`/desk/oversight/audit?reference=${line.reference}`} prefetch={false}>
        {grouped(line.reference)}
      </Link>
    ),
    Object.keys(line.data).length > 0 ? <code key="data">{JSON.stringify(line.data)}</code> : null,
    <code key="hash">{line.hash.slice(0, 12)}…</code>,
  ];
  const next = new URLSearchParams({ ...(reference ? { reference } : {}), below: String(older) });
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")}>
        {head ? (
          <Prose>
            <p>{t.rich("head", { seq: head.seq, hash: () => <code key="hash">{head.hash}</code>, command: () => <code key="command">npm run portal -- verify-audit</code> })}</p>
          </Prose>
        ) : null}
        {reference ? (
          <p>
            {t("of", { reference: grouped(reference) })}{" "}
            <Link href="/desk/oversight/audit" prefetch={false}>
              {t("all")}
            </Link>
          </p>
        ) : null}
        {lines.length > 0 ? <Table caption={t("caption")} captioned={false} columns={columns} rows={lines.map((line) => ({ key: String(line.seq), cells: cells(line) }))} /> : <EmptyState title={t("none.title")}>{t("none.about")}</EmptyState>}
        {older === null ? null : (
          <Link href={`/desk/oversight/audit?${next}`} prefetch={false}>
            {t("older")}
          </Link>
        )}
      </Page>
    </div>
  );
}
