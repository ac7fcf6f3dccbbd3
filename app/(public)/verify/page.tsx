import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { keysPath } from "#lib/signing/signature-file.ts";
import { VerifyForm } from "./verify-form.tsx";
import type { VerifyWords } from "./words.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("verify");
  return { title: t("title") };
}

/** For anybody who holds a package or a certificate: checked in the browser, since it is nobody's business but theirs. */
export default async function VerifyPage() {
  const t = await getTranslations("verify");
  const certificate = await getTranslations("certificate");
  const erasure = await getTranslations("erasure");
  const { policy } = await publicContext();
  // As they stand in the catalogue: what goes into their places only the browser knows.
  const words = {
    form: t.raw("form") as VerifyWords["form"],
    outcome: t.raw("outcome") as VerifyWords["outcome"],
    explained: t.raw("explained") as VerifyWords["explained"],
    signatures: t.raw("signatures") as VerifyWords["signatures"],
    certificate: t.raw("certificate") as VerifyWords["certificate"],
    removedWords: certificate.raw("removed") as VerifyWords["removedWords"],
    failedWords: certificate.raw("failed") as VerifyWords["failedWords"],
    staysWords: erasure.raw("stays") as VerifyWords["staysWords"],
  };
  return (
    <Page title={t("title")} lead={t("lead", { server: policy.serverName })}>
      <noscript>
        <Notice tone="warning" title={t("noscript")} />
      </noscript>
      <VerifyForm words={words} language={await getLocale()} />
      <Section id="private" title={t("private.title")}>
        <Prose>
          <p>{t("private.text", { keys: keysPath })}</p>
        </Prose>
      </Section>
      <Section id="meaning" title={t("meaning.title")}>
        <Prose>
          <p>{t("meaning.text", { controller: policy.controller.name })}</p>
          <p>{t("meaning.again")}</p>
          <p>{t("meaning.certificate")}</p>
        </Prose>
      </Section>
    </Page>
  );
}
