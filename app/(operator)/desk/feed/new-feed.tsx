import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Form } from "#app/_ui/form.tsx";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { make } from "./actions.ts";

/** Makes an address and shows it once. */
export function NewFeed() {
  const t = useTranslations("register.feed");
  const ui = useTranslations("ui");
  const outcome = { title: t("made1"), actions: <ButtonLink href="/desk/feed">{t("kept")}</ButtonLink> };
  return (
    <Form action={make} words={{ errorTitle: ui("errorTitle"), errorPrefix: ui("errorPrefix") }} outcome={outcome}>
      <SubmitButton pending={t("making")}>{t("make")}</SubmitButton>
    </Form>
  );
}
