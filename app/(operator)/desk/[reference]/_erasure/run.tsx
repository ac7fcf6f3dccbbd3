import { useTranslations } from "next-intl";
import { Section } from "#app/_ui/page.tsx";
import { StepList } from "#app/_request/step-list.tsx";
import { markOf } from "#app/_request/step-mark.ts";
import { ToldTable } from "#app/_request/told-table.tsx";
import { WatchSteps } from "#app/_request/watch-steps.tsx";
import type { ErasureProgress } from "#lib/erasure/list-steps.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";

/** Each step live, with its failure in words, and who was told. */
export function Run({ view, erasing }: { readonly view: CaseView; readonly erasing: ErasureProgress }) {
  const t = useTranslations("erasure");
  const desk = useTranslations("desk.erasure");
  const { state, reference } = view;
  if (state !== "running" && state !== "failed" && state !== "fulfilled") return null;
  return (
    <>
      <Section id="steps" title={t(state === "fulfilled" ? "steps.titleAfter" : "steps.title")}>
        <StepList steps={erasing.steps} detail />
        {state === "running" ? <WatchSteps path={`/desk/${reference}/steps`} seen={markOf(erasing)} lost={t("steps.lost")} /> : null}
      </Section>
      {erasing.residue ? (
        <p>{desk("residue", { count: erasing.residue.entries.length, unexplained: erasing.residue.unexplained.length })}</p>
      ) : null}
      {erasing.notices.length > 0 ? (
        <Section id="told" title={t("told.title")}>
          <ToldTable notices={erasing.notices} />
        </Section>
      ) : null}
    </>
  );
}
