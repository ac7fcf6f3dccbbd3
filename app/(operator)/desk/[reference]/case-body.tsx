import type { WebContext } from "#lib/context.ts";
import { listSteps } from "#lib/erasure/list-steps.ts";
import { viewCasePlan } from "#lib/erasure/view-case-plan.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { ErasureCase } from "./_erasure/erasure-case.tsx";
import { Came } from "./_intake/came.tsx";
import { ReviewCase } from "./_review/review-case.tsx";
import { OpenQuestion } from "./_clock/open-question.tsx";
import { Questions } from "./_clock/questions.tsx";
import { Decision } from "./decision.tsx";
import { Facts } from "./facts.tsx";
import { Gate } from "./gate.tsx";
import { Numbers } from "./numbers.tsx";

/** The left side of a case, by what was asked for: what can be done, the numbers, the facts. */
export async function CaseBody({ view, ctx }: { readonly view: CaseView; readonly ctx: WebContext }) {
  if (view.erasure) {
    const [plan, erasing] = [await viewCasePlan(ctx, view.reference), await listSteps(ctx, view.reference)];
    return <ErasureCase view={view} plan={plan} erasing={erasing} days={ctx.policy.graceDays} />;
  }
  if (view.review) return <ReviewCase view={view} review={view.review} ctx={ctx} />;
  return (
    <>
      <OpenQuestion view={view} />
      <Came view={view} />
      <Decision view={view} />
      <Questions view={view} />
      <Gate verdict={view.verdict} />
      <Numbers view={view} />
      <Facts view={view} />
    </>
  );
}
