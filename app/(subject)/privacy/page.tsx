import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { signOutEverywhere } from "#app/_server/sign-out.ts";
import { today } from "#app/_request/today.ts";
import { listMyRequests } from "#lib/requests/views.ts";
import { countLooks } from "#lib/requests/who-looked.ts";
import { RequestList } from "../requests/request-list.tsx";
import { CopyOffer } from "./copy-offer.tsx";
import { ErasureOffer } from "./erasure-offer.tsx";
import { ConsentsOffer } from "./consents-offer.tsx";
import { LooksOffer } from "./looks-offer.tsx";
import { Offer, Offers } from "./offer.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("requests.privacy");
  return { title: t("title") };
}

/** Home of a signed-in person: what is open and whose move it is, then what else can be done. */
export default async function PrivacyPage() {
  const ctx = await asSubject();
  const t = await getTranslations("requests.privacy");
  const requests = await listMyRequests(ctx);
  const open = requests.filter((request) => request.closedAt === null);
  const copy = open.find((request) => request.kind === "export");
  const { controller, authority, dpoMail, serverName } = ctx.policy;
  return (
    <Page title={t("title")} lead={t("lead", { controller: controller.name, server: serverName })}>
      {open.length > 0 ? (
        <Section id="open" title={t("open")}>
          <RequestList requests={open} today={today(ctx)} />
        </Section>
      ) : null}
      <Section id="offers" title={t("offers")}>
        <Offers>
          <CopyOffer {...(copy ? { open: copy.reference } : {})} />
          <ErasureOffer open={open.find((request) => request.kind === "erasure")?.reference} days={ctx.policy.graceDays} />
          <Offer
            title={t("held.title")}
            about={t("held.about")}
            action={
              <ButtonLink href="/rights" variant="secondary">
                {t("held.action")}
              </ButtonLink>
            }
          />
          <ConsentsOffer />
          <LooksOffer count={await countLooks(ctx)} />
          <Offer
            title={t("sessions.title")}
            about={t("sessions.about")}
            action={
              <form action={signOutEverywhere}>
                <SubmitButton variant="secondary" pending={t("sessions.pending")}>
                  {t("sessions.action")}
                </SubmitButton>
              </form>
            }
          />
        </Offers>
      </Section>
      <Section id="help" title={t("help.title")}>
        <Prose>
          <p>
            {t.rich("help.about", {
              controller: controller.name,
              mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a>,
              authority: () => <a href={authority.url}>{authority.name}</a>,
            })}
          </p>
        </Prose>
      </Section>
    </Page>
  );
}
