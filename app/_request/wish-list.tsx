import { useTranslations } from "next-intl";
import type { Wish } from "#lib/requests/wishes.ts";

/** Kinds on approval that were asked for, a line each with what became of it; the desk sees the reasons too. */
export function WishList({ wishes, reasons = false }: { readonly wishes: readonly Wish[]; readonly reasons?: boolean }) {
  const t = useTranslations("requests.wish");
  const kinds = useTranslations("kinds");
  return wishes.map(({ kind, ruling, reason }) => (
    <div key={kind}>
      {t(ruling, { name: kinds(`${kind}.title`) })}
      {reasons && reason ? <div dir="auto">{reason}</div> : null}
    </div>
  ));
}
