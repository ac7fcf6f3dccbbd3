import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { ReviewWords } from "#app/_request/review-words.tsx";
import { recordable } from "#lib/consent/recordable.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { LetterForm, LetterPage } from "../letter-page.tsx";
import { reply } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("review.desk");
  return { title: t("page") };
}

/** An answer in words, then the letter as the person will read it, then it goes. */
export default async function ReplyPage({ params }: PageProps<"/desk/[reference]/reply">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  if (!view.can.reply || !view.review) redirect(path);
  const t = await getTranslations("review.desk");
  const text = await recordable(ctx, { mxid: view.mxid, review: view.review }, await getLocale());
  return (
    <LetterPage reference={view.reference} title={t("title", { reference: grouped(view.reference) })} lead={t("lead")}>
      <ReviewWords id="words" title={t("asked")} text={view.review.text} />
      <LetterForm reference={view.reference} action={reply} send={t("send")} sending={t("sending")}>
        <TextArea name="text" label={t("text")} hint={t("textHint")} rows={8} />
        {text ? (
          <ChoiceGroup
            type="checkbox"
            name="record"
            legend={t("record")}
            choices={[{ value: "yes", label: t("recordYes", { title: text.title }), hint: text.blocks ? `${t("recordHint")} ${t("recordBlocks", { server: ctx.policy.serverName })}` : t("recordHint") }]}
          />
        ) : null}
      </LetterForm>
    </LetterPage>
  );
}
