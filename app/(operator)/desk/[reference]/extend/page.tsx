import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { When } from "#app/_ui/when.tsx";
import { asOperator } from "#app/_server/guard.ts";
import { formWords } from "#app/_request/form-words.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { extensionReasons } from "#lib/requests/extension-reasons.ts";
import styles from "../../desk.module.css";
import { extend } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clock.extend");
  return { title: t("page") };
}

/** Two months more: reason and words, then the letter as the person will read it, then it holds. Where it cannot be, why. */
export default async function ExtendPage({ params }: PageProps<"/desk/[reference]/extend">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  const t = await getTranslations("clock");
  const deny = await getTranslations("desk.deny");
  const errors = await getTranslations("errors");
  const to = view.forecast.extendedTo;
  const send = (
    <ButtonRow>
      <SubmitButton name="step" value="edit" variant="secondary">
        {deny("edit")}
      </SubmitButton>
      <SubmitButton name="step" value="send" pending={t("extend.sending")}>
        {t("extend.send")}
      </SubmitButton>
    </ButtonRow>
  );
  return (
    <div className={styles.desk}>
      <Page wide title={t("extend.title", { reference: grouped(view.reference) })} lead={t("extend.lead")} eyebrow={<Link href={path}>{deny("back")}</Link>}>
        {view.can.extend && to ? (
          <Form action={extend} words={await formWords()} review={{ title: deny("previewTitle"), actions: send }}>
            <input type="hidden" name="reference" value={view.reference} />
            <p>{t.rich("extend.to", { day: () => <When key="d" at={new Date(to.getTime() - 1)} day /> })}</p>
            <ChoiceGroup type="radio" name="reason" legend={t("extend.reason")} hint={deny("reasonHint")} choices={extensionReasons.map(({ code }) => ({ value: code, label: t(`extension.${code}`) }))} />
            <TextArea name="text" label={deny("text")} hint={t("extend.textHint")} rows={8} />
            <SubmitButton name="step" value="check" pending={deny("pending")}>
              {deny("next")}
            </SubmitButton>
          </Form>
        ) : (
          <>
            <Notice tone="warning" title={t("extend.cannot")} children={<p>{errors(view.barred ?? view.extensionBarred ?? "state_changed")}</p>} />
            <div>
              <ButtonLink href={path} variant="secondary">
                {deny("back")}
              </ButtonLink>
            </div>
          </>
        )}
      </Page>
    </div>
  );
}
