import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Table } from "#app/_ui/table.tsx";
import { When } from "#app/_ui/when.tsx";
import type { Plan } from "#lib/erasure/plan.ts";
import { sentByGroup, sentInAll } from "#app/_request/sent.ts";
import styles from "./plan.module.css";

/** How much there is, as one list; what was sent by kind folded below. */
export function Numbers({ plan, madeAt }: { readonly plan: Plan; readonly madeAt: Date }) {
  const t = useTranslations("erasure.plan.numbers");
  const format = useFormatter();
  const groups = sentByGroup(plan.events);
  const { files, bytes } = plan.media;
  const count = (key: "direct" | "devices" | "addresses" | "externalIds" | "delayed", number: number) => ({ key, term: t(key), value: t(`${key}Value`, { count: number }) });
  return (
    <Section id="numbers" title={t("title")}>
      <SummaryList
        facts={[
          { key: "rooms", term: t("rooms"), value: t("roomsValue", { count: plan.rooms.length }) },
          { key: "messages", term: t("messages"), value: t("messagesValue", { count: sentInAll(plan.events) }) },
          { key: "media", term: t("media"), value: t("mediaValue", { files, size: bytesInWords(format, bytes) }) },
          count("direct", plan.directChats),
          count("devices", plan.devices),
          count("addresses", plan.addresses),
          ...(plan.externalIds > 0 ? [count("externalIds", plan.externalIds)] : []),
          ...(plan.delayedEvents > 0 ? [count("delayed", plan.delayedEvents)] : []),
        ]}
      />
      <p>{t.rich("asOf", { time: () => <When key="t" at={madeAt} />, id: () => <bdi key="id">{plan.mxid}</bdi> })}</p>
      {groups.length > 0 ? (
        <details className={styles.more}>
          <summary>{t("kinds")}</summary>
          <Table
            caption={t("kinds")}
            captioned={false}
            columns={[
              { key: "kind", label: t("kind") },
              { key: "count", label: t("count"), numeric: true },
            ]}
            rows={groups.map(([group, number]) => ({ key: group, cells: [t(`kindNames.${group}`), format.number(number)] }))}
          />
        </details>
      ) : null}
    </Section>
  );
}
