import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { asSubject, signInAgain } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { previewErasure } from "#lib/erasure/preview-erasure.ts";
import { viewPlan } from "#lib/erasure/view-plan.ts";
import { erasurePath, planOf, readAnswers } from "../answers.ts";
import { answersInWords } from "./answers-in-words.ts";
import { SendForm } from "./send-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("erasure.check");
  return { title: t("title") };
}

/** The answers once more, what happens next, and the person's own Matrix ID typed, after a fresh sign-in. */
export default async function CheckErasurePage({ searchParams }: PageProps<"/requests/new/erasure/check">) {
  const ctx = await asSubject();
  const query = await searchParams;
  const t = await getTranslations("erasure.check");
  const asked = planOf(query);
  if (asked === undefined) redirect("/requests/new/erasure");
  const view = await found(viewPlan(ctx, asked));
  const preview = await previewErasure(ctx);
  if (!view.plan || preview.open !== null) redirect(erasurePath("", asked));
  const answers = readAnswers(query);
  const change = erasurePath("", asked, answers);
  const again = signInAgain(ctx, erasurePath("/check", asked, answers));
  return (
    <Page title={t("title")} lead={t("lead")} eyebrow={<Link href={change}>{t("back")}</Link>}>
      <SummaryList facts={await answersInWords(view.plan, answers, ctx.policy.graceDays, change)} />
      {preview.copy?.fetched ? null : <Notice tone="warning" title={t("copy")} />}
      <Section id="happens" title={t("happens")}>
        <Prose>
          <ol>
            <li>{t(preview.hasMail ? "codeMail" : "code")}</li>
            <li>{t("decision")}</li>
            <li>{t("stop")}</li>
          </ol>
        </Prose>
      </Section>
      {again ? (
        <Notice title={t("again.title")}>
          <p>{t("again.about")}</p>
          <ButtonLink href={again}>{t("again.action")}</ButtonLink>
        </Notice>
      ) : (
        <SendForm plan={asked} answers={answers} mxid={ctx.actor.mxid} />
      )}
    </Page>
  );
}
