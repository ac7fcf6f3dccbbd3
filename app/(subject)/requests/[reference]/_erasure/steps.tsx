import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { StepList } from "#app/_request/step-list.tsx";
import { WatchSteps } from "#app/_request/watch-steps.tsx";
import { markOf } from "#app/_request/step-mark.ts";
import type { ErasureProgress } from "#lib/erasure/list-steps.ts";

/** Each step as it stands; while it runs the page looks for news by itself. */
export function Steps({ reference, erasing, running }: { readonly reference: string; readonly erasing: ErasureProgress; readonly running: boolean }) {
  const t = useTranslations("erasure.steps");
  return (
    <Section id="steps" title={t(running ? "title" : "titleAfter")}>
      {running ? <p>{t("about")}</p> : null}
      <StepList steps={erasing.steps} />
      {running ? (
        <>
          <WatchSteps path={`/requests/${reference}/progress`} seen={markOf(erasing)} lost={t("lost")} />
          <noscript>
            <p>{t("reload")}</p>
          </noscript>
        </>
      ) : null}
    </Section>
  );
}
