import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Page } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { formWords } from "#app/_request/form-words.ts";
import { found } from "#app/_request/found.ts";
import { ReviewWords } from "#app/_request/review-words.tsx";
import { recordable } from "#lib/consent/recordable.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import styles from "../../desk.module.css";
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
  const deny = await getTranslations("desk.deny");
  const text = await recordable(ctx, { mxid: view.mxid, review: view.review }, await getLocale());
  const send = (
    <ButtonRow>
      <SubmitButton name="step" value="edit" variant="secondary">
        {deny("edit")}
      </SubmitButton>
      <SubmitButton name="step" value="send" pending={t("sending")}>
        {t("send")}
      </SubmitButton>
    </ButtonRow>
  );
  return (
    <div className={styles.desk}>
      <Page wide title={t("title", { reference: grouped(view.reference) })} lead={t("lead")} eyebrow={<Link href={path}>{deny("back")}</Link>}>
        <ReviewWords id="words" title={t("asked")} text={view.review.text} />
        <Form action={reply} words={await formWords()} review={{ title: deny("previewTitle"), actions: send }}>
          <input type="hidden" name="reference" value={view.reference} />
          <TextArea name="text" label={t("text")} hint={t("textHint")} rows={8} />
          {text ? (
            <ChoiceGroup
              type="checkbox"
              name="record"
              legend={t("record")}
              choices={[{ value: "yes", label: t("recordYes", { title: text.title }), hint: text.blocks ? `${t("recordHint")} ${t("recordBlocks", { server: ctx.policy.serverName })}` : t("recordHint") }]}
            />
          ) : null}
          <SubmitButton name="step" value="check" pending={deny("pending")}>
            {deny("next")}
          </SubmitButton>
        </Form>
      </Page>
    </div>
  );
}
