import { getTranslations } from "next-intl/server";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { withdraw } from "../actions.ts";

/** Of an erasure, stopping is the safe choice: it keeps everything. */
export async function StopErasure({ reference }: { readonly reference: string }) {
  const t = await getTranslations("erasure.withdraw");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Prose>
        <ul>
          <li>{t("nothing")}</li>
          <li>{t("thaw")}</li>
          <li>{t("again")}</li>
        </ul>
      </Prose>
      <Form action={withdraw} words={await formWords()}>
        <input type="hidden" name="reference" value={reference} />
        <ButtonRow>
          <SubmitButton pending={t("pending")}>{t("action")}</SubmitButton>
          <ButtonLink href={`/requests/${reference}`} variant="secondary">
            {t("keep")}
          </ButtonLink>
        </ButtonRow>
      </Form>
    </Page>
  );
}
