import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Markdown } from "#app/_ui/markdown.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { asSubject } from "#app/_server/guard.ts";
import { found } from "#app/_request/found.ts";
import { viewConsent } from "#lib/consent/view-consent.ts";
import { AskLink } from "../ask-link.tsx";
import { Changes } from "./changes.tsx";
import { Decide } from "./decide.tsx";
import { About } from "./about.tsx";
import { History } from "./history.tsx";
import { Homeserver } from "./homeserver.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consents");
  return { title: t("title") };
}

/** One text: what changed, what it is about, the decision, and what was said before. */
export default async function ConsentPage({ params }: PageProps<"/consents/[policy]">) {
  const { policy } = await params;
  const ctx = await asSubject();
  const view = await found(viewConsent(ctx, policy, await getLocale()));
  const t = await getTranslations("consents");
  const server = ctx.policy.serverName;
  const { text, changes } = view;
  const whole = (
    <div lang={text.language}>
      <Prose>
        <Markdown text={text.markdown} untitled />
      </Prose>
    </div>
  );
  return (
    <Page
      title={<span lang={text.language}>{text.title}</span>}
      eyebrow={
        <>
          <Link href="/consents" prefetch={false}>
            {t("back")}
          </Link>
          <span>{t("version", { version: text.version })}</span>
        </>
      }
    >
      <Homeserver view={view} server={server} />
      {changes ? (
        <>
          <Changes changes={changes} language={text.language} />
          <details>
            <summary>{t("changes.whole")}</summary>
            {whole}
          </details>
        </>
      ) : (
        whole
      )}
      <About facts={view.facts} />
      <Section id="decide" title={t(view.standing === "current" ? "withdraw.title" : "give.title")}>
        <Decide view={view} server={server} />
        <AskLink policy={view.policy} />
      </Section>
      <Section id="history" title={t("history.title")}>
        <History entries={view.history} />
      </Section>
    </Page>
  );
}
