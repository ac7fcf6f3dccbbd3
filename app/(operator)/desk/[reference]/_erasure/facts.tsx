import { useTranslations } from "next-intl";
import { When } from "#app/_ui/when.tsx";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { CaseFacts } from "../case-facts.tsx";

/** Of an erasure: how it is to be done, and when. */
export function ErasureFacts({ view, days }: { readonly view: CaseView; readonly days: number }) {
  const t = useTranslations("desk.erasure");
  const words = useTranslations("desk.erasure.options");
  const { redact, suspend, leaveNow } = view.erasure?.options ?? {};
  const notBefore = view.erasure?.notBefore;
  return (
    <CaseFacts
      view={view}
      more={[
        { key: "redact", term: words("redact"), value: words(redact ? "redactYes" : "redactNo") },
        { key: "suspend", term: words("suspend"), value: words(suspend ? "suspendYes" : "suspendNo") },
        { key: "when", term: words("when"), value: words(leaveNow ? "whenNow" : "whenWait", { days }) },
        ...(notBefore ? [{ key: "notBefore", term: t("notBefore"), value: <When at={notBefore} /> }] : []),
      ]}
    />
  );
}
