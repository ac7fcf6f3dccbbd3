import { useLocale, useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { resend } from "../actions.ts";
import { Countdown } from "./countdown.tsx";

/** A new code, when one may be asked for: `at` is that moment, null when there will be none for this request. */
export function Resend({ reference, at, now }: { readonly reference: string; readonly at: Date | null; readonly now: Date }) {
  const t = useTranslations("requests.confirm");
  const locale = useLocale();
  const ui = useTranslations("ui");
  if (!at) return <p>{t("resendNone")}</p>;
  const seconds = Math.max(0, Math.ceil((at.getTime() - now.getTime()) / 1000));
  return (
    <Form action={resend} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="reference" value={reference} />
      {seconds > 0 ? (
        <p>
          {t("resendWait")} <Countdown key={at.toISOString()} seconds={seconds} locale={locale} />
        </p>
      ) : null}
      <SubmitButton variant="secondary" pending={t("resendPending")}>
        {t("resend")}
      </SubmitButton>
    </Form>
  );
}
