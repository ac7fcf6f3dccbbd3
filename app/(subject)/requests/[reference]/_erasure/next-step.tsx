import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { PrintButton } from "#app/_request/print-button.tsx";
import type { WebContext } from "#lib/context.ts";
import type { ErasureProgress } from "#lib/erasure/list-steps.ts";
import type { RequestView } from "#lib/requests/views.ts";
import { Denial } from "../denial.tsx";
import { Frozen } from "../frozen.tsx";
import { CalendarLink, Grace } from "./grace.tsx";
import { Hold } from "./hold.tsx";
import { Proof } from "./proof.tsx";
import { RecoveryCode } from "./recovery-code.tsx";
import { Steps } from "./steps.tsx";
import { Told } from "./told.tsx";

/** What the person of an erasure can do or wait for now, and the ways out. */
export function ErasureNextStep(props: { readonly request: RequestView; readonly ctx: WebContext; readonly erasing: ErasureProgress; readonly salt: string | null }) {
  const { request, ctx, erasing, salt } = props;
  const t = useTranslations("erasure");
  const requests = useTranslations("requests");
  const { reference, state, frozen, can, erasure, closedAt } = request;
  const path = `/requests/${reference}`;
  const begun = state === "running" || state === "failed" || state === "fulfilled";
  const told = begun && (erasing.notices.length > 0 || state === "fulfilled");
  return (
    <>
      {frozen ? <Frozen reference={reference} mail={ctx.policy.dpoMail} /> : null}
      {erasure?.hold && !closedAt ? <Hold hold={erasure.hold} reference={reference} policy={ctx.policy} /> : null}
      {state === "grace" && !frozen && !erasure?.hold ? <Grace request={request} ctx={ctx} /> : null}
      {request.denial ? <Denial reference={reference} denial={request.denial} policy={ctx.policy} /> : null}
      {erasing.certified ? <Proof reference={reference} salt={salt} portalUrl={ctx.policy.portalUrl} /> : null}
      {begun ? <Steps reference={reference} erasing={erasing} running={state === "running" && !frozen && !erasure?.hold} /> : null}
      {told ? <Told notices={erasing.notices} /> : null}
      {closedAt && state !== "fulfilled" ? null : <RecoveryCode request={request} />}
      {(state === "withdrawn" || state === "denied") && erasure?.notBefore ? <CalendarLink reference={reference} words={t("grace.calendarGone")} /> : null}
      <ButtonRow>
        {can.confirm ? <ButtonLink href={`${path}/confirm`}>{requests("confirm.title")}</ButtonLink> : null}
        {closedAt && state !== "fulfilled" ? (
          <ButtonLink href="/requests/new/erasure" variant="secondary">
            {t("next.again")}
          </ButtonLink>
        ) : null}
        {can.withdraw && (state !== "grace" || frozen || erasure?.hold) ? (
          <ButtonLink href={`${path}/withdraw`} variant="secondary">
            {t("withdraw.action")}
          </ButtonLink>
        ) : null}
        <PrintButton>{requests("page.print")}</PrintButton>
      </ButtonRow>
    </>
  );
}
