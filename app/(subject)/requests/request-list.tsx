import Link from "next/link";
import { useTranslations } from "next-intl";
import { DueDate } from "#app/_ui/due-date.tsx";
import { grouped, Reference } from "#app/_ui/reference.tsx";
import { When } from "#app/_ui/when.tsx";
import { Move } from "#app/_request/move.tsx";
import { StateBadge } from "#app/_request/state-badge.tsx";
import type { RequestRow } from "#lib/requests/view-row.ts";
import styles from "./request-list.module.css";

/** Requests as a list: what, where it stands, whose move, the date that counts now. */
export function RequestList({ requests, today }: { readonly requests: readonly RequestRow[]; readonly today: string }) {
  return (
    <ul className={styles.list}>
      {requests.map((request) => (
        <Row key={request.reference} request={request} today={today} />
      ))}
    </ul>
  );
}

function Row({ request, today }: { readonly request: RequestRow; readonly today: string }) {
  const t = useTranslations("requests");
  const { reference, kind, state, frozen, asked } = request;
  return (
    <li className={styles.row}>
      <div className={styles.head}>
        <Link href={`/requests/${reference}`} prefetch={false} className={styles.title}>
          {t(`kind.${kind}`)}
          <span className="visually-hidden"> {grouped(reference)}</span>
        </Link>
        <StateBadge kind={kind} state={state} frozen={frozen} asked={asked} />
      </div>
      <p className={styles.facts}>
        <span aria-hidden>
          <Reference value={reference} />
        </span>
        <span>{t.rich("list.asked", { date: () => <When key="d" at={request.receivedAt} day /> })}</span>
        <NextDate request={request} today={today} />
      </p>
      {request.closedAt ? null : <p className={styles.move}><Move request={request} /></p>}
    </li>
  );
}

/** The date that matters next: the end of the download, the legal date, or when it was closed. */
function NextDate({ request, today }: { readonly request: RequestRow; readonly today: string }) {
  const t = useTranslations("requests.list");
  const clock = useTranslations("clock");
  const { pausedAt, closedAt, expiresAt, state, dueOn, notBefore, held, frozen } = request;
  if (closedAt) return <span>{t.rich("closed", { date: () => <When key="d" at={closedAt} day /> })}</span>;
  if (state === "ready" && expiresAt) return <span>{t.rich("until", { date: () => <When key="d" at={expiresAt} day /> })}</span>;
  if (notBefore && !held && !frozen) return <span>{t.rich("deletion", { date: () => <When key="d" at={notBefore} day /> })}</span>;
  if (pausedAt) return <span>{clock.rich("stillSince", { date: () => <When key="d" at={pausedAt} day /> })}</span>;
  return <span>{t.rich("due", { due: () => <DueDate key="d" day={dueOn} today={today} /> })}</span>;
}
