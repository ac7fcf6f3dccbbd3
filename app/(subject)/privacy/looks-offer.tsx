import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Offer } from "./offer.tsx";

/** On the person's home page: how often somebody of the privacy team opened a request of theirs. */
export function LooksOffer({ count }: { readonly count: number }) {
  const t = useTranslations("oversight.looks");
  return (
    <Offer
      title={t("title")}
      about={`${t("offer")} ${t("last", { count })}`}
      action={
        <ButtonLink href="/privacy/looks" variant="secondary">
          {t("action")}
        </ButtonLink>
      }
    />
  );
}
