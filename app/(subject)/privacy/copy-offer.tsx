import { useTranslations } from "next-intl";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Offer } from "./offer.tsx";

/** A copy can be asked for once at a time: while a request is open (`open` is its reference), the way leads there. */
export function CopyOffer({ open }: { readonly open?: string }) {
  const t = useTranslations("requests.privacy.copy");
  const action = open ? (
    <ButtonLink href={`/requests/${open}`} variant="secondary">
      {t("see")}
    </ButtonLink>
  ) : (
    <ButtonLink href="/requests/new">{t("action")}</ButtonLink>
  );
  return <Offer title={t("title")} about={open ? t("already") : t("about")} action={action} />;
}
