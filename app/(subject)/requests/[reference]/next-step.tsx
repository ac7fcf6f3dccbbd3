import Link from "next/link";
import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import type { WebContext } from "#lib/context.ts";
import { viewMyProof } from "#lib/erasure/view-my-proof.ts";
import { pendingPlan } from "#lib/erasure/pending-plan.ts";
import { listMySteps } from "#lib/erasure/list-steps.ts";
import type { RequestView } from "#lib/requests/views.ts";
import { ErasureNextStep } from "./_erasure/next-step.tsx";
import { ReviewNextStep } from "./_review/next-step.tsx";
import { Denial } from "./denial.tsx";
import { Download } from "./download.tsx";
import { Frozen } from "./frozen.tsx";
import { Building } from "./building.tsx";
import { NotGranted } from "./not-granted.tsx";
import { PrintButton } from "#app/_request/print-button.tsx";

/** What the person can do or wait for now, and the ways out. */
export async function NextStep({ request, ctx }: { readonly request: RequestView; readonly ctx: WebContext }) {
  if (request.erasure) return <ErasureNextStep request={request} ctx={ctx} erasing={await listMySteps(ctx, request.reference)} salt={await viewMyProof(ctx, request.reference)} />;
  if (request.review) return <ReviewNextStep request={request} review={request.review} ctx={ctx} />;
  return <CopyNextStep request={request} ctx={ctx} plan={await pendingPlan(ctx)} />;
}

/** `plan`: the person came here from deleting their account, and may want to go back. */
function CopyNextStep({ request, ctx, plan }: { readonly request: RequestView; readonly ctx: WebContext; readonly plan: string | null }) {
  const t = useTranslations("requests");
  const unfinished = useTranslations("erasure.unfinished");
  const { reference, state, frozen, can } = request;
  const path = `/requests/${reference}`;
  return (
    <>
      {frozen ? <Frozen reference={reference} mail={ctx.policy.dpoMail} /> : null}
      {state === "running" && !frozen ? <Building request={request} /> : null}
      {state === "ready" && !frozen && request.package ? <Download reference={reference} file={request.package} checked={request.checked} ctx={ctx} /> : null}
      {request.denial ? <Denial reference={reference} denial={request.denial} policy={ctx.policy} /> : null}
      <NotGranted reference={reference} wishes={request.wishes} policy={ctx.policy} />
      {plan ? (
        <p>
          {unfinished("about")} <Link href={`/requests/new/erasure?plan=${plan}`}>{unfinished("action")}</Link>
        </p>
      ) : null}
      <ButtonRow>
        {can.confirm ? <ButtonLink href={`${path}/confirm`}>{t("confirm.title")}</ButtonLink> : null}
        {request.closedAt ? <ButtonLink href="/requests/new">{t("page.askAgain")}</ButtonLink> : null}
        {can.withdraw ? (
          <ButtonLink href={`${path}/withdraw`} variant="secondary">
            {t("withdraw.link")}
          </ButtonLink>
        ) : null}
        <PrintButton>{t("page.print")}</PrintButton>
      </ButtonRow>
    </>
  );
}
