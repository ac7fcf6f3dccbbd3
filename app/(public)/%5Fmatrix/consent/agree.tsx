import { useTranslations } from "next-intl";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import type { PolicyText } from "#lib/consent/texts.ts";
import { agreeByLink } from "./actions.ts";

interface Props {
  readonly link: { readonly u: string; readonly h: string };
  readonly text: PolicyText;
  /** Agreed already: only the homeserver is told once more. */
  readonly again: boolean;
}

/** Below the text, so that who agrees has had it before their eyes. */
export function Agree({ link, text, again }: Props) {
  const [t, ui] = [useTranslations("consent"), useTranslations("ui")];
  const { policy, version, language, hash } = text;
  return (
    <Form action={agreeByLink} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }}>
      {Object.entries({ ...link, policy, version, language, hash }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {again ? <p>{t("again.text")}</p> : null}
      <SubmitButton variant={again ? "secondary" : "primary"} pending={t("pending")}>
        {again ? t("again.submit") : t("submit")}
      </SubmitButton>
    </Form>
  );
}
