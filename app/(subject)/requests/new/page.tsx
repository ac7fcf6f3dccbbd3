import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { LookAgain } from "#app/_ui/look-again.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Columns, Page } from "#app/_ui/page.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { today } from "#app/_request/today.ts";
import { pendingPlan } from "#lib/erasure/pending-plan.ts";
import { previewExport } from "#lib/requests/views.ts";
import { AskForm } from "./ask-form.tsx";
import { Contents } from "./contents.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.new");
  return { title: t("title") };
}

/** Asking for a copy: choose, check, send. All of it is chosen at first. */
export default async function NewRequestPage() {
  const ctx = await asSubject();
  const t = await getTranslations("requests.new");
  const preview = await previewExport(ctx);
  const plan = await pendingPlan(ctx);
  const unfinished = await getTranslations("erasure.unfinished");
  const reference = preview.open;
  if (reference !== null) {
    return (
      <Page title={t("title")}>
        <Notice title={t("open.title")}>
          <p>{t("open.about")}</p>
          <ButtonLink href={`/requests/${reference}`}>{t("open.action", { reference })}</ButtonLink>
        </Notice>
      </Page>
    );
  }
  return (
    <Page title={t("title")} lead={t("lead")} eyebrow={plan ? <Link href={`/requests/new/erasure?plan=${plan}`}>{unfinished("back")}</Link> : undefined}>
      {preview.counts ? null : (
        <Notice title={t("unread.title")}>
          <p>{t("unread.about")}</p>
          <LookAgain seconds={5} keep />
        </Notice>
      )}
      <Columns aside={<Contents counts={preview.counts} />}>
        <AskForm preview={preview} today={today(ctx)} />
      </Columns>
    </Page>
  );
}
