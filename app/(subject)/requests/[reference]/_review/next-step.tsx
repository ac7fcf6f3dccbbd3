import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { PrintButton } from "#app/_request/print-button.tsx";
import { ReviewWords } from "#app/_request/review-words.tsx";
import type { WebContext } from "#lib/context.ts";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import type { RequestView } from "#lib/requests/views.ts";
import { Denial } from "../denial.tsx";
import { Frozen } from "../frozen.tsx";

/** Of a request about consent: the answer first, then what was asked. */
export function ReviewNextStep({ request, review, ctx }: { readonly request: RequestView; readonly review: ReviewView; readonly ctx: WebContext }) {
  const t = useTranslations("requests");
  const words = useTranslations("review.person");
  const { reference, can, closedAt } = request;
  return (
    <>
      {request.frozen ? <Frozen reference={reference} mail={ctx.policy.dpoMail} /> : null}
      {review.answer === null ? null : <ReviewWords id="answer" title={words("answer")} text={review.answer} />}
      {request.denial ? <Denial reference={reference} denial={request.denial} policy={ctx.policy} /> : null}
      <ReviewWords id="asked" title={words("asked")} text={review.text} />
      <ButtonRow>
        {closedAt ? <ButtonLink href="/requests/new/consent">{words("again")}</ButtonLink> : null}
        {can.withdraw ? (
          <ButtonLink href={`/requests/${reference}/withdraw`} variant="secondary">
            {t("withdraw.link")}
          </ButtonLink>
        ) : null}
        <PrintButton>{t("page.print")}</PrintButton>
      </ButtonRow>
    </>
  );
}
