import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Offer } from "./offer.tsx";

/** On the person's home page: the texts they agreed to. */
export function ConsentsOffer() {
  const t = useTranslations("consents.offer");
  return (
    <Offer
      title={t("title")}
      about={t("about")}
      action={
        <ButtonLink href="/consents" variant="secondary">
          {t("action")}
        </ButtonLink>
      }
    />
  );
}
