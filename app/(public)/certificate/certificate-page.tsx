import { getTranslations } from "next-intl/server";
import { Page } from "#app/_ui/page.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { formWords } from "#app/_request/form-words.ts";
import { Problem } from "#app/_request/problem.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { CodeFields } from "../code-fields.tsx";
import { CertificateForm } from "./certificate-form.tsx";

/** The certificate for somebody whose account is gone. The same page for every reference, known or not. */
export async function CertificatePage({ reference, query }: { readonly reference?: string; readonly query: Parameters<typeof Problem>[0]["query"] }) {
  const t = await getTranslations("erasure.fetch");
  const proof = await getTranslations("erasure.proof");
  const verify = await getTranslations("common");
  const { dpoMail, retentionDays } = (await publicContext()).policy;
  const words = {
    ...(await formWords()),
    title: t("done.title"),
    about: retentionDays % 365 === 0 ? t("done.aboutYears", { years: retentionDays / 365 }) : t("done.about", { days: retentionDays }),
    pdf: proof("pdf"),
    json: proof("json"),
    saltAbout: proof("saltAbout", { verify: verify("verify") }),
  };
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Problem query={query} />
      <CertificateForm words={words}>
        <CodeFields reference={reference} />
        <SubmitButton pending={t("pending")}>{t("action")}</SubmitButton>
        <p>{t.rich("help", { mail: () => <a key="m" href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</p>
      </CertificateForm>
    </Page>
  );
}
