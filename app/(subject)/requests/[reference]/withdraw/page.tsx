import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { formWords } from "#app/_request/form-words.ts";
import { viewMyRequest } from "#lib/requests/views.ts";
import { withdraw } from "../actions.ts";
import { StopErasure } from "./stop-erasure.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.withdraw");
  return { title: t("title") };
}

/** Before a request ends for good: what happens then, with the way back as the first button. */
export default async function WithdrawPage({ params }: PageProps<"/requests/[reference]/withdraw">) {
  const { reference } = await params;
  const ctx = await asSubject();
  const request = await found(viewMyRequest(ctx, reference));
  const path = `/requests/${request.reference}`;
  if (!request.can.withdraw) redirect(path);
  const t = await getTranslations("requests.withdraw");
  const review = await getTranslations("review.person");
  if (request.erasure && request.state !== "unconfirmed") return <StopErasure reference={request.reference} />;
  const days = ctx.policy.retentionDays;
  return (
    <Page title={t("title")} lead={t("lead", { reference: grouped(request.reference) })}>
      <Section id="happens" title={t("happens")}>
        <Prose>
          <ul>
            <li>{request.review ? review("withdraw") : t(request.checking ? "running" : (request.state as "review"))}</li>
            <li>{days % 365 === 0 ? t("recordYears", { years: days / 365 }) : t("record", { days })}</li>
            <li>{t("again")}</li>
          </ul>
        </Prose>
      </Section>
      <Form action={withdraw} words={await formWords()}>
        <input type="hidden" name="reference" value={request.reference} />
        <ButtonRow>
          <ButtonLink href={path}>{t("keep")}</ButtonLink>
          <SubmitButton variant="danger" pending={t("pending")}>
            {t("action")}
          </SubmitButton>
        </ButtonRow>
      </Form>
    </Page>
  );
}
