import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Page } from "#app/_ui/page.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { listUnmapped } from "#lib/kinds/list-unmapped.ts";
import { listViews } from "#lib/requests/saved-views.ts";
import { listDifferences } from "#lib/consent/list-differences.ts";
import { ConsentDifferences } from "./consent-differences.tsx";
import { DeskKeys } from "./desk-keys.tsx";
import { Filters } from "./filters.tsx";
import { Lists } from "./lists.tsx";
import { Queue } from "./queue.tsx";
import { readQueue } from "./read-queue.ts";
import { Unmapped } from "./unmapped.tsx";
import styles from "./desk.module.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk");
  return { title: t("title") };
}

/** The queue: what waits for the privacy team, oldest deadline first. */
export default async function DeskPage({ searchParams }: PageProps<"/desk">) {
  const ctx = await asDesk();
  const [queue, unmapped, consents, views] = await Promise.all([readQueue(ctx, await searchParams), listUnmapped(ctx), listDifferences(ctx), listViews(ctx)]);
  const t = await getTranslations("desk.queue");
  const intake = await getTranslations("intake.desk.new");
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} eyebrow={t("lead", { count: queue.total, sort: queue.filter.sort })}>
        <Unmapped found={unmapped} />
        <ConsentDifferences total={consents.total} problem={consents.problem} />
        <Filters queue={queue} />
        <Lists queue={queue} views={views} />
        <Queue queue={queue} pick={ctx.actor.operator} />
        {ctx.actor.operator ? (
          <div>
            <ButtonLink href="/desk/new" variant="secondary">
              {intake("link")}
            </ButtonLink>
          </div>
        ) : null}
        <DeskKeys />
      </Page>
    </div>
  );
}
