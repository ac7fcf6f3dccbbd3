import { useTranslations } from "next-intl";
import { Notice } from "#app/_ui/notice.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Why somebody of the desk may not decide this case: never a dead button. */
export function Barred({ by }: { readonly by: NonNullable<CaseView["barred"]> }) {
  const own = useTranslations("desk.decide.own");
  const role = useTranslations("oversight.barred");
  if (by === "own_case") return <Notice tone="warning" title={own("title")} children={<p>{own("about")}</p>} />;
  return <Notice title={role(`${by}.title`)} children={<p>{role(`${by}.about`)}</p>} />;
}
