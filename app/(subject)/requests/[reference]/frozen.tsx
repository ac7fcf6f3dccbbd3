import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { signOutEverywhere } from "#app/_server/sign-out.ts";

/** What to do about a frozen request, whoever it was. */
export function Frozen({ reference, mail }: { readonly reference: string; readonly mail: string }) {
  const t = useTranslations("requests");
  return (
    <Notice tone="danger" title={t("frozen.not")}>
      <p>{t("frozen.notText")}</p>
      <form action={signOutEverywhere}>
        <SubmitButton variant="secondary" pending={t("privacy.sessions.pending")}>
          {t("privacy.sessions.action")}
        </SubmitButton>
      </form>
      <p>
        <strong>{t("frozen.was")}</strong>
      </p>
      <p>{t.rich("frozen.wasText", { reference, mail: () => <a href={`mailto:${mail}`}>{mail}</a> })}</p>
    </Notice>
  );
}
