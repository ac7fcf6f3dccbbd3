import type { ErasureProgress } from "#lib/erasure/list-steps.ts";
import type { CasePlanView } from "#lib/erasure/view-case-plan.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { Came } from "../_intake/came.tsx";
import { OpenQuestion } from "../_clock/open-question.tsx";
import { Questions } from "../_clock/questions.tsx";
import { Barred } from "../barred.tsx";
import { Release } from "../release.tsx";
import { ErasureDecision } from "./decision.tsx";
import { ErasureFacts } from "./facts.tsx";
import { FailedStep } from "./failed.tsx";
import { Hold } from "./hold.tsx";
import { PlanNumbers } from "./numbers.tsx";
import { Run } from "./run.tsx";

/** The left side of an erasure's case: what can be done, how far it is, the numbers it was decided on, the facts. */
export function ErasureCase(props: { readonly view: CaseView; readonly plan: CasePlanView | null; readonly erasing: ErasureProgress; readonly days: number }) {
  const { view, plan, erasing, days } = props;
  return (
    <>
      <OpenQuestion view={view} />
      <Came view={view} />
      {view.barred ? <Barred by={view.barred} /> : view.frozen ? <Release view={view} /> : view.enquiry ? null : <ErasureDecision view={view} />}
      <Questions view={view} />
      <FailedStep view={view} steps={erasing.steps} />
      <Hold view={view} />
      <Run view={view} erasing={erasing} />
      <PlanNumbers view={plan} />
      <ErasureFacts view={view} days={days} />
    </>
  );
}
