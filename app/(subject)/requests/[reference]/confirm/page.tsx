import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { Reference } from "#app/_ui/reference.tsx";
import { When } from "#app/_ui/when.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { previewExport, viewMyRequest } from "#lib/requests/views.ts";
import { CodeForm } from "./code-form.tsx";
import { Resend } from "./resend.tsx";
import { Sending } from "./sending.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.confirm");
  return { title: t("title") };
}

/** The second channel: one question, and what to do when no code came. */
export default async function ConfirmPage({ params }: PageProps<"/requests/[reference]/confirm">) {
  const { reference } = await params;
  const ctx = await asSubject();
  const request = await found(viewMyRequest(ctx, reference));
  const path = `/requests/${request.reference}`;
  if (!request.can.confirm || !request.code) redirect(path);
  const t = await getTranslations("requests");
  const { code, expiresAt } = request;
  const { hasMail } = await previewExport(ctx);
  return (
    <Page
      title={t("confirm.title")}
      lead={t(`confirm.${code.sentAt ? "lead" : "leadSending"}${hasMail ? "Mail" : ""}`)}
      eyebrow={
        <>
          <Link href={path}>{t("confirm.back")}</Link>
          <Reference value={request.reference} />
        </>
      }
    >
      {code.sentAt ? <CodeForm reference={request.reference} code={code} now={ctx.now()} /> : <Sending />}
      <Section id="resend" title={t("confirm.resendTitle")}>
        <Prose>
          <p>{t("confirm.resendText")}</p>
          <Resend reference={request.reference} at={code.resendAt} now={ctx.now()} />
        </Prose>
      </Section>
      <Section id="why" title={t("confirm.why")}>
        <Prose>
          <p>{t("confirm.whyText")}</p>
          {expiresAt ? <p>{t.rich("confirm.deadline", { time: () => <When at={expiresAt} /> })}</p> : null}
        </Prose>
      </Section>
    </Page>
  );
}
