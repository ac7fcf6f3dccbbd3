import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Field } from "#app/_ui/field.tsx";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";
import { choices } from "../answers.ts";
import { ask } from "./actions.ts";

/** The typed confirmation. The way out is the first button. */
export function SendForm({ plan, answers, mxid }: { readonly plan: string; readonly answers: ErasureOptions; readonly mxid: string }) {
  const t = useTranslations("erasure.check");
  const ui = useTranslations("ui");
  return (
    <Form action={ask} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      <input type="hidden" name="planId" value={plan} />
      {choices.map((name) => (
        <input key={name} type="hidden" name={name} value={answers[name] ? "yes" : "no"} />
      ))}
      <Field name="confirmation" label={t("confirmation")} hint={t.rich("confirmationHint", { id: () => <bdi key="id">{mxid}</bdi> })} maxLength={300} autoComplete="off" literal />
      <ButtonRow>
        <ButtonLink href="/privacy" variant="secondary">
          {t("keep")}
        </ButtonLink>
        <SubmitButton variant="danger" pending={t("pending")}>
          {t("send")}
        </SubmitButton>
      </ButtonRow>
    </Form>
  );
}
