import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { prove } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.ask.prove");
  return { title: t("title") };
}

/** Where the link of the mail leads. The same page for every id, known or not; opening it changes nothing. */
export default async function ProvePage({ params }: PageProps<"/ask-without-account/[id]">) {
  const { id } = await params;
  const t = await getTranslations("intake.ask.prove");
  const done = (
    <>
      <Notice tone="success" title={t("done.title")} live>
        <p>{t("done.next")}</p>
      </Notice>
      <Prose>
        <p>{t("done.mail")}</p>
        <p>{t("done.copy")}</p>
      </Prose>
    </>
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Form action={prove} words={await formWords()} done={done}>
        <input type="hidden" name="ask" value={id} />
        <Field name="code" label={t("code")} hint={t("codeHint")} size="code" maxLength={40} autoComplete="one-time-code" literal />
        <SubmitButton pending={t("sending")}>{t("send")}</SubmitButton>
        <p>{t.rich("again", { ask: (words) => <Link key="a" href="/ask-without-account" prefetch={false}>{words}</Link> })}</p>
      </Form>
    </Page>
  );
}
