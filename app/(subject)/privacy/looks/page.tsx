import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { whoLooked } from "#lib/requests/who-looked.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("oversight.looks");
  return { title: t("title") };
}

/** Who of the privacy team opened the person's requests, newest first. */
export default async function LooksPage() {
  const looks = await whoLooked(await asSubject());
  const t = await getTranslations("oversight.looks");
  const columns = (["when", "who", "what", "request"] as const).map((key) => ({ key, label: t(key) }));
  const rows = looks.map(({ at, role, what, reference }, index) => ({
    key: String(index),
    cells: [
      <When key="when" at={at} />,
      t(`role.${role}`),
      t(`opened.${what}`),
      reference ? (
        <Link key="request" href={`/requests/${reference}`} prefetch={false}>
          {grouped(reference)}
        </Link>
      ) : null,
    ],
  }));
  return (
    <Page title={t("title")} lead={t("lead")}>
      {looks.length > 0 ? <Table caption={t("title")} captioned={false} columns={columns} rows={rows} /> : <EmptyState title={t("none.title")}>{t("none.about")}</EmptyState>}
      <Prose>
        <p>{t("not")}</p>
      </Prose>
    </Page>
  );
}
