import { useTranslations } from "next-intl";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { When } from "#app/_ui/when.tsx";
import type { CodeView } from "#lib/requests/view-parts.ts";
import { confirm } from "../actions.ts";

/** One box that takes the code as it comes: pasted, in small letters, with a space or a hyphen. */
export function CodeForm({ reference, code, now }: { readonly reference: string; readonly code: CodeView; readonly now: Date }) {
  const t = useTranslations("requests.confirm");
  const ui = useTranslations("ui");
  const { expiresAt, triesLeft } = code;
  if (triesLeft === 0) return <Notice tone="warning" title={t("noTries")} />;
  if (expiresAt && expiresAt <= now) return <Notice tone="warning" title={t("over")} />;
  const limits = (
    <>
      {t("tries", { tries: triesLeft })} {expiresAt ? t.rich("until", { time: () => <When at={expiresAt} /> }) : null}
    </>
  );
  return (
    <Form action={confirm} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="reference" value={reference} />
      <Field name="code" label={t("label")} hint={t("hint")} size="code" autoComplete="one-time-code" inputMode="text" maxLength={40} literal />
      <p>{limits}</p>
      <SubmitButton pending={t("pending")}>{t("submit")}</SubmitButton>
    </Form>
  );
}
