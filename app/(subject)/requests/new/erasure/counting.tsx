import { useTranslations } from "next-intl";
import { LookAgain } from "#app/_ui/look-again.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { Page } from "#app/_ui/page.tsx";
import { Progress } from "#app/_ui/progress.tsx";
import { When } from "#app/_ui/when.tsx";

/** After this long the person is told that something is slow. */
const slowMs = 60_000;

/** While the worker reads: words, and the page looks again. */
export function Counting({ since, now }: { readonly since: Date; readonly now: Date }) {
  const t = useTranslations("erasure.plan.reading");
  const slow = now.getTime() - since.getTime() > slowMs;
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Progress label={t("about")} detail={t.rich("since", { time: () => <When key="t" at={since} /> })} done={0} total={0} />
      <p>{t("wait")}</p>
      {slow ? <Notice tone="warning" title={t("slow")} live /> : null}
      <LookAgain seconds={slow ? 10 : 2} />
    </Page>
  );
}
