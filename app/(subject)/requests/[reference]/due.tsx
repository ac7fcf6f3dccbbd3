import { useTranslations } from "next-intl";
import { DueDate } from "#app/_ui/due-date.tsx";
import { Section } from "#app/_ui/page.tsx";
import { When } from "#app/_ui/when.tsx";
import { Move } from "#app/_request/move.tsx";
import { DueWhy } from "#app/_request/due-why.tsx";
import type { Policy } from "#lib/config/policy.ts";
import type { RequestView } from "#lib/requests/views.ts";
import styles from "./due.module.css";

/** Whose move it is, and the legal date said twice with the way it comes about. Closed requests have neither. */
export function Due({
  request,
  today,
  authority,
}: {
  readonly request: RequestView;
  readonly today: string;
  readonly authority: Policy["authority"];
}) {
  const t = useTranslations("requests");
  const words = useTranslations("erasure.next");
  const clock = useTranslations("clock");
  if (request.closedAt) return null;
  // A copy that waits to be fetched is the answer, and so is the date of an erasure: the legal date is met.
  const { state, frozen, erasure, pausedAt } = request;
  const answered = (state === "ready" || state === "grace" || (erasure !== null && state === "running")) && !frozen && !erasure?.hold;
  return (
    <Section id="next" title={t("page.next")}>
      <p><Move request={request} /></p>
      {answered && state === "grace" ? <p>{words("answered")}</p> : null}
      {answered ? null : (
        <>
          {pausedAt ? (
            <p>{clock.rich("stillSince", { date: () => <When key="d" at={pausedAt} day /> })}</p>
          ) : (
            <p>{t.rich("page.due", { due: () => <strong key="due"><DueDate day={request.dueOn} today={today} /></strong> })}</p>
          )}
          {request.dueOn < today && !pausedAt ? <p>{t.rich("page.late", { authority: () => <a key="authority" href={authority.url}>{authority.name}</a> })}</p> : null}
          <details className={styles.why}>
            <summary>{pausedAt ? clock("person.why") : t("page.dueWhy")}</summary>
            <p>
              <DueWhy explanation={request.explanation} />
            </p>
          </details>
        </>
      )}
    </Section>
  );
}
