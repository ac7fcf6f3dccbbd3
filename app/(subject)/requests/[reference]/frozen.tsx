import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";
import { Prose, Section } from "#app/_ui/page.tsx";
import { grouped } from "#app/_ui/reference.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { signOutEverywhere } from "#app/_server/sign-out.ts";

/** What to do about a frozen request, whoever it was. */
export function Frozen({ reference, mail }: { readonly reference: string; readonly mail: string }) {
  const t = useTranslations("requests");
  return (
    <>
      <Notice tone="danger" title={t("frozen.not")}>
        <p>{t("frozen.notText")}</p>
        <form action={signOutEverywhere}>
          <SubmitButton variant="secondary" pending={t("privacy.sessions.pending")}>
            {t("privacy.sessions.action")}
          </SubmitButton>
        </form>
      </Notice>
      <Section id="was" title={t("frozen.was")}>
        <Prose>
          <p>{t.rich("frozen.wasText", { reference: grouped(reference), mail: () => <a key="mail" href={`mailto:${mail}`}>{mail}</a> })}</p>
        </Prose>
      </Section>
    </>
  );
}
