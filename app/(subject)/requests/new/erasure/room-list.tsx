import { useFormatter, useTranslations } from "next-intl";
import { Table } from "#app/_ui/table.tsx";
import type { PlannedRoom } from "#lib/erasure/plan.ts";
import styles from "./plan.module.css";

/** More rows than this help nobody on a page; the file has them all. */
const shown = 200;
const known = ["join", "invite", "knock", "leave", "ban"] as const;

/** All rooms by name, folded; those with most of the person's messages first. */
export function RoomList({ rooms }: { readonly rooms: readonly PlannedRoom[] }) {
  const t = useTranslations("erasure.plan.numbers");
  const format = useFormatter();
  if (rooms.length === 0) return null;
  const sorted = [...rooms].sort((a, b) => b.events - a.events).slice(0, shown);
  return (
    <details className={styles.more}>
      <summary>{t("allRooms", { count: rooms.length })}</summary>
      <Table
        caption={t("allRooms", { count: rooms.length })}
        captioned={false}
        columns={[
          { key: "room", label: t("room") },
          { key: "yours", label: t("yours") },
          { key: "sent", label: t("sent"), numeric: true },
        ]}
        rows={sorted.map(({ id, name, membership, events }) => ({
          key: id,
          cells: [<bdi key="n">{name ?? t("unnamed")}</bdi>, t(`membership.${known.find((one) => one === membership) ?? "other"}`), format.number(events)],
        }))}
      />
      {rooms.length > shown ? <p>{t("more", { count: rooms.length - shown })}</p> : null}
    </details>
  );
}
