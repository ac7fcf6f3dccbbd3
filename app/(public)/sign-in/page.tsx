import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { current } from "#app/_server/current.ts";
import { Notice } from "#app/_ui/notice.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { nextPath } from "#lib/auth/next-path.ts";
import { homeserverForBrowsers } from "#lib/runtime/browser.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { readWords } from "./read-words.ts";
import { SignIn } from "./sign-in.tsx";

interface Props {
  /** next: where to go; again: a fresh proof is wanted; arrived: back from SSO. */
  readonly searchParams: Promise<{ next?: string; again?: string; arrived?: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sign-in");
  return { title: t("title") };
}

/** The one page that needs script: the password must go to the homeserver and not to us. */
export default async function SignInPage({ searchParams }: Props) {
  const asked = await searchParams;
  const next = nextPath(asked.next);
  const found = await current();
  if (found.kind === "open" && !asked.again && !asked.arrived) redirect(next);
  const t = await getTranslations("sign-in");
  const { policy } = await publicContext();
  const { serverName: server, dpoMail: mail } = policy;
  const base = await homeserverForBrowsers();
  const again = found.kind === "open" && Boolean(asked.again);
  return (
    <Page title={t(again ? "titleAgain" : "title")} lead={t.rich(again ? "leadAgain" : "lead", { server: () => <bdi>{server}</bdi> })}>
      <noscript>
        <Notice tone="warning" title={t("noscript")} />
      </noscript>
      {base === null ? (
        <Notice tone="warning" title={t("serverUnknown.title", { server })}>
          <p>{t.rich("serverUnknown.text", { mail: () => <a href={`mailto:${mail}`}>{mail}</a> })}</p>
        </Notice>
      ) : (
        <SignIn
          base={base}
          serverName={server}
          next={next}
          name={again ? found.actor.mxid : ""}
          language={await getLocale()}
          words={await readWords(server, mail)}
        />
      )}
      <Section id="gets" title={t("gets.title")}>
        <Prose>
          <p>{t("gets.text", { server })}</p>
          <p>{t("gets.device", { device: t("deviceName") })}</p>
        </Prose>
      </Section>
    </Page>
  );
}
