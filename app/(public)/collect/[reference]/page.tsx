import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Button } from "#app/_ui/button.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Section } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { Problem } from "#app/_request/problem.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { orderCode } from "../actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("intake.collect");
  return { title: t("title") };
}

/** A copy for who cannot sign in: ask for a code, then fetch the file with it. The same page for every reference, known or not. */
export default async function CollectPage({ params, searchParams }: PageProps<"/collect/[reference]">) {
  const { reference } = await params;
  const t = await getTranslations("intake.collect");
  const { dpoMail } = (await publicContext()).policy;
  const sent = (
    <Notice tone="success" title={t("sent.title")} live>
      <p>{t("sent.about")}</p>
    </Notice>
  );
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Problem query={await searchParams} />
      <Section id="ask" title={t("askStep")}>
        <Form action={orderCode} words={await formWords()} done={sent}>
          <Field name="reference" label={t("reference")} hint={t("referenceHint")} size="short" maxLength={40} autoComplete="off" defaultValue={grouped(reference)} literal />
          <SubmitButton pending={t("sending")}>{t("send")}</SubmitButton>
        </Form>
      </Section>
      <Section id="fetch" title={t("step")}>
        <form method="post" action={`/collect/${encodeURIComponent(reference)}/file`}>
          <Field name="code" label={t("code")} hint={t("codeHint")} size="code" maxLength={40} autoComplete="one-time-code" literal />
          <Button type="submit">{t("download")}</Button>
        </form>
      </Section>
      <p>{t.rich("state", { mail: () => <a key="m" href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
    </Page>
  );
}
