import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { forbidden, notFound } from "next/navigation";
import { current } from "#app/_server/current.ts";
import { Markdown } from "#app/_ui/markdown.tsx";
import { Page, Prose } from "#app/_ui/page.tsx";
import { viewByLink, viewPublicText } from "#lib/consent/view-by-link.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { Agree } from "./agree.tsx";
import { Standing } from "./standing.tsx";

// The address holds the key: nobody shall find it, and no title shall repeat it.
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("consent");
  return { title: t("title"), robots: { index: false } };
}

/**
 * Where the homeserver sends whoever has not agreed to its terms (`M_CONSENT_NOT_GIVEN`): Synapse's own address, drop-in.
 * Without `u` it is the text for anybody. A link that is not right is refused in one way, whatever is wrong with it.
 */
export default async function ConsentPage({ searchParams }: { readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>> }) {
  const { u, h, v } = await searchParams;
  const [ctx, locale] = [await publicContext(), await getLocale()];
  const anybody = u === undefined && h === undefined;
  if (anybody) {
    const text = (await viewPublicText(ctx, v, locale)) ?? notFound();
    return (
      <Page title={text.title}>
        <div lang={text.language}>
          <Prose>
            <Markdown text={text.markdown} untitled />
          </Prose>
        </div>
      </Page>
    );
  }
  const { text, state, before } = (await viewByLink(ctx, { u, h }, locale)) ?? forbidden();
  const t = await getTranslations("consent");
  const lead = before === null ? t("lead", { server: ctx.policy.serverName }) : t(`before.${before}`, { server: ctx.policy.serverName });
  const signedIn = (await current()).kind === "open";
  return (
    <Page title={text.title} eyebrow={t("version", { version: text.version })} lead={state.is === "ask" ? lead : undefined}>
      <Standing state={state} server={ctx.policy.serverName} now={ctx.now()} signedIn={signedIn} />
      <div lang={text.language}>
        <Prose>
          <Markdown text={text.markdown} untitled />
        </Prose>
      </div>
      {state.is === "waiting" ? null : <Agree link={{ u: String(u), h: String(h) }} text={text} again={state.is !== "ask"} />}
    </Page>
  );
}
