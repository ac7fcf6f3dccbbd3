import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Columns, Page, Section } from "#app/_ui/page.tsx";
import { grouped, Reference } from "#app/_ui/reference.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { Problem } from "#app/_request/problem.tsx";
import { RequestTimeline } from "#app/_request/moments.tsx";
import { StateBadge } from "#app/_request/state-badge.tsx";
import { today } from "#app/_request/today.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { ErasureStatus, erasureTitle } from "./_erasure/status.tsx";
import { Due } from "./due.tsx";
import { Facts } from "./facts.tsx";
import { NextStep } from "./next-step.tsx";
import { PastQuestions, Question } from "./question.tsx";
import { Status, statusTitle } from "./status.tsx";

type Props = PageProps<"/requests/[reference]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { reference } = await params;
  const t = await getTranslations("requests.page");
  return { title: t("eyebrow", { reference: grouped(reference) }) };
}

/** One request: where it stands in a sentence, whose move it is, by when, and all that happened. */
export default async function RequestPage({ params, searchParams }: Props) {
  const { reference } = await params;
  const ctx = await asSubject();
  const request = await found(viewMyRequest(ctx, reference));
  const t = await getTranslations("requests");
  const clock = await getTranslations("clock");
  const { erasure } = request;
  const asks = request.can.answer && !request.frozen;
  return (
    <Page
      title={asks ? clock("person.status") : erasure ? await erasureTitle(request, ctx) : await statusTitle(request)}
      lead={asks ? clock(request.pausedAt ? "person.leadWaits" : "person.lead") : erasure ? <ErasureStatus request={request} now={ctx.now()} /> : <Status request={request} />}
      eyebrow={
        <>
          <Link href="/requests">{t("page.back")}</Link>
          <Reference value={request.reference} />
          <StateBadge kind={request.kind} state={request.state} frozen={request.frozen} asked={request.asked} />
        </>
      }
    >
      <Problem query={await searchParams} />
      <Columns
        aside={
          <>
            <Due request={request} today={today(ctx)} authority={ctx.policy.authority} />
            <Facts request={request} ctx={ctx} />
          </>
        }
        rest={
          <Section id="timeline" title={t("page.timeline")}>
            <RequestTimeline kind={request.kind} entries={request.timeline} />
          </Section>
        }
      >
        <Question request={request} />
        <NextStep request={request} ctx={ctx} />
        <PastQuestions request={request} />
      </Columns>
    </Page>
  );
}
