import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { askPlan } from "#lib/erasure/ask-plan.ts";
import { previewErasure } from "#lib/erasure/preview-erasure.ts";
import { viewPlan } from "#lib/erasure/view-plan.ts";
import { day } from "#lib/requests/timing.ts";
import { erasurePath, planOf, readAnswers } from "./answers.ts";
import { Counting } from "./counting.tsx";
import { Decide } from "./decide.tsx";
import { PlanParts } from "./plan-parts.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.plan");
  return { title: t("title") };
}

/** Before deciding: what a deletion would do, in this person's numbers. Counting is all that opening it starts. */
export default async function ErasurePlanPage({ searchParams }: PageProps<"/requests/new/erasure">) {
  const ctx = await asSubject();
  const query = await searchParams;
  const t = await getTranslations("erasure.plan");
  const preview = await previewErasure(ctx);
  const eyebrow = <Link href="/privacy">{t("back")}</Link>;
  if (preview.open !== null) {
    return (
      <Page title={t("title")} eyebrow={eyebrow}>
        <Notice title={t("open.title")}>
          <p>{t("open.about")}</p>
          <ButtonLink href={`/requests/${preview.open}`}>{t("open.action")}</ButtonLink>
        </Notice>
      </Page>
    );
  }
  const asked = planOf(query);
  // The address holds the plan, so that the numbers a person decides on are the numbers they looked at.
  if (asked === undefined) redirect(erasurePath("", await askPlan(ctx)));
  const view = await found(viewPlan(ctx, asked));
  if (!view.madeAt || !view.plan) return <Counting since={view.askedAt} now={ctx.now()} />;
  if (ctx.now().getTime() - view.madeAt.getTime() > day) redirect("/requests/new/erasure");
  return (
    <Page title={t("title")} lead={t("lead")} eyebrow={eyebrow}>
      <PlanParts view={{ ...view, madeAt: view.madeAt, plan: view.plan }} copy={preview.copy} />
      <Decide plan={view.id} answers={readAnswers(query)} days={ctx.policy.graceDays} />
    </Page>
  );
}
