import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { kinds } from "#lib/kinds/all.ts";
import { publicContext } from "#lib/runtime/web.ts";
import { KindGroups } from "./kind-groups.tsx";
import { LeftOutTables } from "./left-out-tables.tsx";

/** Art. 15 to 21, in the order people ask for them. */
const rights = ["access", "portability", "correction", "erasure", "objection", "complaint"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("public.rights");
  return { title: t("title") };
}

/** What the homeserver holds, from the same catalogue the package is built from: what is not listed is not exported. */
export default async function RightsPage() {
  const t = await getTranslations("public.rights");
  const { serverName, dpoMail, authority, graceDays } = (await publicContext()).policy;
  return (
    <Page title={t("title")} lead={t("lead", { server: serverName })}>
      <Section id="rights" title={t("yours")}>
        <Prose>
          <ul>
            {rights.map((name) => (
              <li key={name}>
                <strong>{t(`right.${name}.title`)}</strong>{" "}
                {t.rich(`right.${name}.text`, {
                  days: graceDays,
                  link: (words) => <Link key="l" href="/requests/new/erasure" prefetch={false}>{words}</Link>,
                  mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a>,
                  authority: () => <a href={authority.url}>{authority.name}</a>,
                })}
              </li>
            ))}
          </ul>
          <p>{t("month")}</p>
        </Prose>
      </Section>
      <Section id="kinds" title={t("kinds", { count: kinds.length })}>
        <KindGroups />
      </Section>
      <Section id="left-out" title={t("leftOut.title")}>
        <LeftOutTables />
      </Section>
      <Section id="not-here" title={t("notHere.title")}>
        <Prose>
          <p>{t("notHere.text", { server: serverName })}</p>
        </Prose>
      </Section>
    </Page>
  );
}
