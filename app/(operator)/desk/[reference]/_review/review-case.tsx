import { useTranslations } from "next-intl";
import { ButtonLink, ButtonRow } from "#app/_ui/button.tsx";
import { Notice } from "#app/_ui/notice.tsx";
import { ReviewWords, useReviewFacts } from "#app/_request/review-words.tsx";
import type { WebContext } from "#lib/context.ts";
import type { ReviewView } from "#lib/requests/consent-review.ts";
import type { CaseView } from "#lib/requests/desk-views.ts";
import { OpenQuestion } from "../_clock/open-question.tsx";
import { Questions } from "../_clock/questions.tsx";
import { Came } from "../_intake/came.tsx";
import { Barred } from "../barred.tsx";
import { CaseFacts } from "../case-facts.tsx";
import { Release } from "../release.tsx";

/** The left side of a request about consent: what is asked, and the way to the answer. */
export function ReviewCase({ view, review, ctx }: { readonly view: CaseView; readonly review: ReviewView; readonly ctx: WebContext }) {
  const t = useTranslations("review.desk");
  return (
    <>
      <OpenQuestion view={view} />
      <Came view={view} />
      <ReviewWords id="words" title={t("asked")} text={review.text} />
      {review.answer === null ? null : <ReviewWords id="answer" title={t("answer")} text={review.answer} />}
      <Decision view={view} />
      <Questions view={view} />
      <CaseFacts view={view} about={useReviewFacts(review, ctx)} />
    </>
  );
}

function Decision({ view }: { readonly view: CaseView }) {
  const t = useTranslations("review.desk");
  const decide = useTranslations("desk.decide");
  if (view.barred) return <Barred by={view.barred} />;
  if (view.frozen) return <Release view={view} />;
  if (view.closedAt) return <Notice title={decide("closed.title")} children={<p>{decide("closed.about")}</p>} />;
  if (!view.can.reply) return null;
  const path = `/desk/${view.reference}`;
  return (
    <>
      <p>{t("about")}</p>
      <ButtonRow>
        <ButtonLink href={`${path}/reply`}>{t("reply")}</ButtonLink>
        <ButtonLink href={`${path}/deny`} variant="secondary">
          {decide("denyLink")}
        </ButtonLink>
      </ButtonRow>
    </>
  );
}
