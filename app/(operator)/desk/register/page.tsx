import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Page, Prose, Section } from "#app/_ui/page.tsx";
import { asDesk } from "#app/_server/guard.ts";
import { Problem } from "#app/_request/problem.tsx";
import styles from "../desk.module.css";
import { RegisterForm } from "./register-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("register.register");
  return { title: t("title") };
}

/** What a DPO shows: the register of requests, the sheet of Art. 30, the dates. */
export default async function RegisterPage({ searchParams }: PageProps<"/desk/register">) {
  const { actor } = await asDesk();
  const query = await searchParams;
  const t = await getTranslations("register.register");
  return (
    <div className={styles.desk}>
      <Page wide title={t("title")} lead={t("lead")}>
        <Problem query={query} />
        <Section id="csv" title={t("csv.title")}>
          <Prose>
            <p>{t("csv.about")}</p>
          </Prose>
          <RegisterForm names={actor.operator} />
        </Section>
        {(["sheet", "feed"] as const).map((name) => (
          <Section key={name} id={name} title={t(`${name}.title`)}>
            <Prose>
              <p>{t(`${name}.about`)}</p>
            </Prose>
            <div>
              <ButtonLink href={name === "sheet" ? "/desk/register/record" : "/desk/feed"} variant="secondary">
                {t(`${name}.see`)}
              </ButtonLink>
            </div>
          </Section>
        ))}
      </Page>
    </div>
  );
}
