import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { formWords } from "#app/_request/form-words.ts";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import type { FormAction } from "#app/_ui/form-state.ts";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import styles from "../desk.module.css";

/** A page on which an operator writes to the person of a case. */
export async function LetterPage({ reference, title, lead, children }: { readonly reference: string; readonly title: string; readonly lead: string; readonly children: ReactNode }) {
  const t = await getTranslations("desk.deny");
  return (
    <div className={styles.desk}>
      <Page wide title={title} lead={lead} eyebrow={<Link href={`/desk/${reference}`}>{t("back")}</Link>}>
        {children}
      </Page>
    </div>
  );
}

interface LetterFormProps {
  readonly reference: string;
  readonly action: FormAction;
  /** On the button that sends the letter, and while it is sent. */
  readonly send: string;
  readonly sending: string;
  /** Sending it hurts: the button has the colour of danger. */
  readonly danger?: boolean;
  readonly children: ReactNode;
}

/** The fields, then the letter as the person will read it, then it goes. */
export async function LetterForm({ reference, action, send, sending, danger = false, children }: LetterFormProps) {
  const t = await getTranslations("desk.deny");
  const actions = (
    <ButtonRow>
      <SubmitButton name="step" value="edit" variant="secondary">
        {t("edit")}
      </SubmitButton>
      <SubmitButton name="step" value="send" variant={danger ? "danger" : "primary"} pending={sending}>
        {send}
      </SubmitButton>
    </ButtonRow>
  );
  return (
    <Form action={action} words={await formWords()} review={{ title: t("previewTitle"), actions }}>
      <input type="hidden" name="reference" value={reference} />
      {children}
      <SubmitButton name="step" value="check" pending={t("pending")}>
        {t("next")}
      </SubmitButton>
    </Form>
  );
}

/** In place of the form, where nothing can be sent now: why, and the way back. */
export async function NoLetter({ reference, title, why }: { readonly reference: string; readonly title: string; readonly why: string }) {
  const t = await getTranslations("desk.deny");
  return (
    <>
      <Notice tone="warning" title={title} children={<p>{why}</p>} />
      <div>
        <ButtonLink href={`/desk/${reference}`} variant="secondary">
          {t("back")}
        </ButtonLink>
      </div>
    </>
  );
}
