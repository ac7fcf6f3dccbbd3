import { useTranslations } from "next-intl";
import Link from "next/link";
import { Button, ButtonRow } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/page.tsx";

/** The certificate for a person who is still signed in, and the way to it afterwards. */
export function Proof({ reference }: { readonly reference: string }) {
  const t = useTranslations("erasure.proof");
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
      <p>{t.rich("later", { link: () => <Link key="l" href={path} prefetch={false}>{path}</Link> })}</p>
    </Section>
  );
}
