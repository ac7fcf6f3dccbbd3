import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmptyState } from "#app/_ui/empty-state.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { listFeeds } from "#lib/requests/feed.ts";
import styles from "../desk.module.css";
import { revoke } from "./actions.ts";
import { NewFeed } from "./new-feed.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("register.feed");
  return { title: t("title") };
}

/** Private addresses under which a calendar finds the deadlines. */
export default async function FeedPage() {
  const feeds = await listFeeds(await asDesk());
  const t = await getTranslations("register.feed");
  const columns = (["made", "used", "end"] as const).map((key) => ({ key, label: t(key) }));
  const rows = feeds.map(({ id, createdAt, lastUsedAt }) => ({
    key: id,
    cells: [
      <When key="made" at={createdAt} />,
      lastUsedAt ? <When key="used" at={lastUsedAt} /> : t("never"),
      <form key="end" action={revoke}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton variant="secondary" pending={t("ending")}>
          {t("end")}
        </SubmitButton>
      </form>,
    ],
  }));
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")}>
        <NewFeed />
        <Section id="feeds" title={t("yours")}>
          {feeds.length > 0 ? <Table caption={t("yours")} captioned={false} columns={columns} rows={rows} /> : <EmptyState title={t("none.title")}>{t("none.about")}</EmptyState>}
        </Section>
        <Prose>
          <p>{t("careful")}</p>
        </Prose>
      </Page>
    </div>
  );
}
