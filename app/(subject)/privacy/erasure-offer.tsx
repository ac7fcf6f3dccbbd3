import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Offer } from "./offer.tsx";

/** The way to the numbers, or to the request that is open (`open` is its reference). */
export function ErasureOffer({ open, days }: { readonly open: string | undefined; readonly days: number }) {
  const t = useTranslations("erasure.offer");
  return (
    <Offer
      title={t("title")}
      about={open ? t("already") : t("about", { days })}
      action={
        <ButtonLink href={open ? `/requests/${open}` : "/requests/new/erasure"} variant="secondary">
          {t(open ? "see" : "action")}
        </ButtonLink>
      }
    />
  );
}
