import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Page } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { formWords } from "#app/_request/form-words.ts";
import styles from "../desk.module.css";
import { enter } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.desk.new");
  return { title: t("title") };
}

/** A request that came by another way, entered on the person's behalf. */
export default async function EnterPage() {
  const ctx = await asOperator();
  const t = await getTranslations("intake.desk.new");
  const came = await getTranslations("intake.desk.came");
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")} eyebrow={<Link href="/desk">{t("back")}</Link>}>
        <Form action={enter} words={await formWords()}>
          <Field name="mxid" label={t("mxid")} hint={t("mxidHint", { server: ctx.policy.serverName })} maxLength={255} autoComplete="off" literal />
          <ChoiceGroup type="radio" name="kind" legend={t("kind")} choices={[{ value: "export", label: t("copy") }, { value: "erasure", label: t("erase") }, { value: "consent", label: t("consent") }]} />
          <TextArea name="words" label={t("words")} hint={t("wordsHint")} rows={3} maxLength={4000} />
          <ChoiceGroup type="radio" name="via" legend={t("via")} choices={(["mail", "letter", "other"] as const).map((value) => ({ value, label: came(`ways.${value}`) }))} />
          <Field name="receivedOn" type="date" size="short" label={t("receivedOn")} hint={t("receivedHint")} />
          <TextArea name="evidence" label={t("evidence")} hint={t("evidenceHint")} rows={4} maxLength={4000} />
          <TextArea name="note" label={t("note")} hint={t("noteHint")} rows={3} maxLength={4000} />
          <SubmitButton pending={t("saving")}>{t("save")}</SubmitButton>
        </Form>
      </Page>
    </div>
  );
}
