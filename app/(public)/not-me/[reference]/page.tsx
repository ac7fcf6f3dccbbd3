import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { publicContext } from "#lib/runtime/web.ts";
import { NotMeForm } from "./not-me-form.tsx";

interface Props {
  readonly params: Promise<{ reference: string }>;
  readonly searchParams: Promise<{ done?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.notMe");
  return { title: t("title") };
}

/**
 * Where "this was not me" in a letter leads; works without signing in. The key stands behind the #, which browsers do
 * not send, and a choice must be made: scanners that follow links or press buttons change nothing.
 * The page says the same whether the request exists or not.
 */
export default async function NotMePage({ params, searchParams }: Props) {
  const { reference } = await params;
  const { done } = await searchParams;
  const t = await getTranslations("public.notMe");
  const { dpoMail } = (await publicContext()).policy;
  const mail = () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a>;
  if (done === "stopped" || done === "mine") {
    return (
      <Page title={t("title")}>
        <Notice tone="success" title={t(`done.${done}`, { reference })} live />
        <Prose>
          <p>{t.rich(`next.${done}`, { mail, reference })}</p>
        </Prose>
      </Page>
    );
  }
  const ui = await getTranslations("ui");
  return (
    <Page title={t("title")} eyebrow={t("eyebrow", { reference })} lead={t("lead")}>
      <NotMeForm
        reference={reference}
        words={{
          errorTitle: ui("errorTitle"),
          errorPrefix: ui("errorPrefix"),
          question: t("question"),
          stop: t("stop"),
          stopHint: t("stopHint"),
          mine: t("mine"),
          mineHint: t("mineHint"),
          key: t("key"),
          keyHint: t("keyHint"),
          submit: t("submit"),
          pending: t("pending"),
        }}
      />
      <Prose>
        <p>{t.rich("help", { mail, reference })}</p>
      </Prose>
    </Page>
  );
}
