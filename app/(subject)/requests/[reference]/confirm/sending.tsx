import { useTranslations } from "next-intl";
import { LookAgain } from "#app/_ui/look-again.tsx";
import { Notice } from "#app/_ui/notice.tsx";

/** While the worker has not sent the code: words, and the page looks again. */
export function Sending() {
  const t = useTranslations("requests.confirm");
  return (
    <Notice title={t("sendingTitle")} live>
      <p>{t("sending")}</p>
      <LookAgain seconds={3} />
    </Notice>
  );
}
