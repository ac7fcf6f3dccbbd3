import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button, ButtonRow } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import styles from "./erasure.module.css";

/** The certificate for a person who is still signed in, and the way to it afterwards. */
export function Proof({ reference, salt, portalUrl }: { readonly reference: string; readonly salt: string | null; readonly portalUrl: string }) {
  const t = useTranslations("erasure.proof");
  const verify = useTranslations("common");
  const path = `/certificate/${reference}`;
  return (
    <Section id="certificate" title={t("title")}>
      <p>{t("about")}</p>
      <form method="post" action={`/requests/${reference}/certificate`}>
        <ButtonRow>
          <Button type="submit" name="as" value="pdf">
            {t("pdf")}
          </Button>
          <Button type="submit" name="as" value="json" variant="secondary">
            {t("json")}
          </Button>
        </ButtonRow>
      </form>
      {salt ? (
        <>
          <SummaryList facts={[{ key: "salt", term: t("salt"), value: <span className={styles.salt}>{salt}</span> }]} />
          <p>{t("saltAbout", { verify: verify("verify") })}</p>
        </>
      ) : null}
      <p>{t.rich("later", { link: () => <Link key="l" href={path} prefetch={false}>{`${portalUrl}${path}`}</Link> })}</p>
    </Section>
  );
}
