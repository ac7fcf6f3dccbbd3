import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { CodeFields } from "../code-fields.tsx";
import { stop } from "./actions.ts";

/** Stopping an erasure without signing in. The same page for every reference, known or not; opening it changes nothing. */
export async function StopPage({ reference }: { readonly reference?: string }) {
  const t = await getTranslations("erasure.stop");
  const { dpoMail } = (await publicContext()).policy;
  const done = (
    <>
      <Notice tone="success" title={t("done.title")} live>
        <p>{t("done.account")}</p>
        <p>{t("done.thaw")}</p>
      </Notice>
      <Prose>
        <p>{t("done.told")}</p>
        <p>{t("done.notYou")}</p>
      </Prose>
      <div>
        <ButtonLink href="/" variant="secondary">
          {t("done.home")}
        </ButtonLink>
      </div>
    </>
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Form action={stop} words={await formWords()} done={done}>
        <CodeFields reference={reference} />
        <SubmitButton pending={t("pending")}>{t("action")}</SubmitButton>
        <p>{t("nothing")}</p>
        <p>{t.rich("help", { mail: () => <a key="m" href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
      </Form>
    </Page>
  );
}
