import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
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
import { viewCase } from "#lib/requests/desk-views.ts";
import { holdReasons } from "#lib/requests/hold-reasons.ts";
import styles from "../../desk.module.css";
import { hold } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("desk.erasure.hold");
  return { title: t("page") };
}

/** A legal hold: ground and words, then the letter as the person will read it, then it stands. */
export default async function HoldPage({ params }: PageProps<"/desk/[reference]/hold">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  if (!view.can.hold) redirect(path);
  const t = await getTranslations("desk.erasure.hold");
  const deny = await getTranslations("desk.deny");
  const reasons = await getTranslations("reasons");
  const send = (
    <ButtonRow>
      <SubmitButton name="step" value="edit" variant="secondary">
        {deny("edit")}
      </SubmitButton>
      <SubmitButton name="step" value="send" variant="danger" pending={t("holding")}>
        {t("send")}
      </SubmitButton>
    </ButtonRow>
  );
  return (
    <div className={styles.desk}>
      <Page wide title={t("title", { reference: grouped(view.reference) })} lead={t("lead")} eyebrow={<Link href={path}>{deny("back")}</Link>}>
        <Form action={hold} words={await formWords()} review={{ title: deny("previewTitle"), actions: send }}>
          <input type="hidden" name="reference" value={view.reference} />
          <ChoiceGroup type="radio" name="reason" legend={t("reason")} hint={deny("reasonHint")} choices={holdReasons.map(({ code }) => ({ value: code, label: reasons(code) }))} />
          <TextArea name="text" label={deny("text")} hint={t("textHint")} rows={8} />
          <SubmitButton name="step" value="check" pending={deny("pending")}>
            {deny("next")}
          </SubmitButton>
        </Form>
      </Page>
    </div>
  );
}
