import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Page, Section } from "#app/_ui/page.tsx";
import { grouped, Reference } from "#app/_ui/reference.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { StateBadge } from "#app/_request/state-badge.tsx";
import { listStaff } from "#lib/requests/list-staff.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { CasePanes } from "../case-panes.tsx";
import styles from "../desk.module.css";
import { queueHref } from "../queue-href.ts";
import { readQueue } from "../read-queue.ts";
import { CaseClock } from "./_clock/case-clock.tsx";
import { Files } from "./_intake/files.tsx";
import { Notes } from "./_intake/notes.tsx";
import { Assign } from "./assign.tsx";
import { CaseBody } from "./case-body.tsx";
import { CaseTimeline } from "./case-timeline.tsx";

type Props = PageProps<"/desk/[reference]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { reference } = await params;
  const t = await getTranslations("desk");
  return { title: `${grouped(reference)} · ${t("title")}` };
}

/** A case: the facts on one side; the clock, the decision and what happened on the other. */
export default async function CasePage({ params, searchParams }: Props) {
  const { reference } = await params;
  const ctx = await asDesk();
  const query = await searchParams;
  const queue = await readQueue(ctx, query);
  const view = await found(viewCase(ctx, reference));
  const t = await getTranslations("desk.case");
  const kinds = await getTranslations("desk");
  const work = await getTranslations("register.assign");
  return (
    <CasePanes queue={queue} current={view.reference}>
      <Page
        wide
        title={kinds(`kind.${view.kind}`)}
        lead={t.rich("by", { id: () => <bdi key="id">{view.mxid}</bdi> })}
        eyebrow={
          <>
            <Link href={queueHref(queue.filter)} className={styles.back}>
              {t("back")}
            </Link>
            <Reference value={view.reference} />
            <StateBadge words="desk.state" kind={view.kind} state={view.state} frozen={view.frozen} asked={view.asked} />
          </>
        }
      >
        <div className={styles.columns}>
          <div className={styles.stack}>
            <CaseBody view={view} ctx={ctx} />
          </div>
          <div className={styles.stack}>
            <Section id="clock" title={t("clock")}>
              <CaseClock view={view} />
            </Section>
            <Section id="assign" title={work("title")}>
              <Assign view={view} staff={await listStaff(ctx)} />
            </Section>
            <Notes view={view} />
            <Files view={view} query={query} />
            <Section id="timeline" title={t("timeline")}>
              <CaseTimeline kind={view.kind} entries={view.timeline} />
            </Section>
          </div>
        </div>
      </Page>
    </CasePanes>
  );
}
