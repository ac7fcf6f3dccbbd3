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
import { asOperator } from "#app/_server/guard.ts";
import { formWords } from "#app/_request/form-words.ts";
import { found } from "#app/_request/found.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import styles from "../../desk.module.css";
import { ask } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clock.ask");
  return { title: t("page") };
}

/** A question to the person: what about, the words, then the letter as they will read it, then it goes. */
export default async function AskPage({ params }: PageProps<"/desk/[reference]/ask">) {
  const { reference } = await params;
  const ctx = await asOperator();
  const view = await found(viewCase(ctx, reference));
  const path = `/desk/${view.reference}`;
  const t = await getTranslations("clock.ask");
  const deny = await getTranslations("desk.deny");
  const errors = await getTranslations("errors");
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
  const { stops } = view.forecast;
  return (
    <div className={styles.desk}>
      <Page wide title={t("title", { reference: grouped(view.reference) })} lead={t("lead")} eyebrow={<Link href={path}>{deny("back")}</Link>}>
        {view.can.ask ? (
          <Form action={ask} words={await formWords()} review={{ title: deny("previewTitle"), actions: send }}>
            <input type="hidden" name="reference" value={view.reference} />
            <ChoiceGroup
              type="radio"
              name="about"
              legend={t("about")}
              choices={[
                { value: "clarification", label: t("clarification"), hint: t(`stops.${stops.clarification ?? "no"}`) },
                { value: "identity", label: t("identity"), hint: t(`stops.${stops.identity ?? "no"}`) },
              ]}
            />
            <TextArea name="question" label={t("question")} hint={t("questionHint")} rows={6} />
            <TextArea name="doubt" label={t("doubt")} hint={t("doubtHint")} rows={4} />
            <SubmitButton name="step" value="check" pending={deny("pending")}>
              {deny("next")}
            </SubmitButton>
          </Form>
        ) : (
          <>
            <Notice tone="warning" title={t("cannot")} children={<p>{errors(view.barred ?? (view.enquiry ? "enquiry_open" : "state_changed"))}</p>} />
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
