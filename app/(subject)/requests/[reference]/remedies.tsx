import { useTranslations } from "next-intl";
import { grouped } from "#app/_ui/reference.tsx";
import type { Policy } from "#lib/config/policy.ts";

export interface Refused {
  readonly reference: string;
  readonly policy: Pick<Policy, "authority" | "controller" | "dpoMail">;
}

/** What one can do against a refusal, in whole or in part (Art. 12(4)). */
export function Remedies({ reference, policy: { authority, controller, dpoMail } }: Refused) {
  const t = useTranslations("requests.denied");
  return (
    <>
      <h3>{t("remedy")}</h3>
      <ul>
        <li>{t.rich("ask", { reference: grouped(reference), mail: () => <a href={`mailto:${dpoMail}`}>{dpoMail}</a> })}</li>
        <li>{t.rich("authority", { authority: () => <a href={authority.url}>{authority.name}</a> })}</li>
        <li>{t("court", { controller: controller.name })}</li>
      </ul>
    </>
  );
}
