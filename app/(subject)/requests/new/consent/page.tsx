import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { ChoiceGroup } from "#app/_ui/choice-group.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { TextArea } from "#app/_ui/text-area.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { formWords } from "#app/_request/form-words.ts";
import { viewConsents } from "#lib/consent/view-consents.ts";
import { reviewMatters } from "#lib/requests/consent-review.ts";
import { listMyRequests } from "#lib/requests/views.ts";
import { ask } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("review.new");
  return { title: t("title") };
}

/** What cannot be settled by a click: to the officer, in the person's words. `policy` of the address is chosen already. */
export default async function AskAboutConsentPage({ searchParams }: PageProps<"/requests/new/consent">) {
  const ctx = await asSubject();
  const t = await getTranslations("review.new");
  const open = (await listMyRequests(ctx)).find(({ kind, closedAt }) => kind === "consent" && closedAt === null);
  if (open) {
    return (
      <Page title={t("title")}>
        <Notice title={t("open.title")}>
          <p>{t("open.about")}</p>
          <ButtonLink href={`/requests/${open.reference}`}>{t("open.action", { reference: grouped(open.reference) })}</ButtonLink>
        </Notice>
      </Page>
    );
  }
  const { policies } = await viewConsents(ctx, await getLocale());
  const wanted = (await searchParams)["policy"];
  const texts = policies.map(({ policy, text }) => ({ value: policy, label: <span lang={text.language}>{text.title}</span> }));
  const consents = (words: React.ReactNode) => <Link key="c" href="/consents" prefetch={false}>{words}</Link>;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Form action={ask} words={await formWords()}>
        <ChoiceGroup type="radio" name="about" legend={t("about")} choices={reviewMatters.map((value) => ({ value, label: t(`matter.${value}`), hint: t.rich(`hint.${value}`, { consents }) }))} />
        {texts.length > 0 ? (
          <ChoiceGroup type="radio" name="policy" legend={t("policy")} chosen={[policies.some(({ policy }) => policy === wanted) ? String(wanted) : ""]} choices={[...texts, { value: "", label: t("none") }]} />
        ) : null}
        <TextArea name="text" label={t("text")} hint={t("textHint")} rows={6} maxLength={4000} />
        <SubmitButton pending={t("sending")}>{t("send")}</SubmitButton>
      </Form>
    </Page>
  );
}
