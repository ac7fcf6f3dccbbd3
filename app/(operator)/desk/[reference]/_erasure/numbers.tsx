import { useFormatter, useTranslations } from "next-intl";
import { bytesInWords } from "#app/_ui/bytes.ts";
import { Section } from "#app/_ui/page.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { When } from "#app/_ui/when.tsx";
import { sentInAll } from "#app/_request/sent.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import type { CasePlanView } from "#lib/erasure/view-case-plan.ts";

/** The numbers the person decided on, in short; once all is done only their fingerprint is left. */
export function PlanNumbers({ view }: { readonly view: CasePlanView | null }) {
  const t = useTranslations("desk.erasure.numbers");
  if (!view) return null;
  return (
    <Section id="numbers" title={t("title")}>
      {view.plan ? <Counts plan={view.plan} /> : <p>{t("gone")}</p>}
      <p>{t.rich("made", { time: () => <When key="t" at={view.madeAt} />, hash: () => <code key="h">{view.hash}</code> })}</p>
    </Section>
  );
}

function Counts({ plan }: { readonly plan: Plan }) {
  const t = useTranslations("desk.erasure.numbers");
  const format = useFormatter();
  const { homeservers, appservices, identityServers } = plan.copies;
  const backfilled = plan.rooms.reduce((sum, room) => sum + room.backfilled, 0);
  const facts: readonly (readonly [key: string, value: string | null])[] = [
    ["rooms", format.number(plan.rooms.length)],
    ["events", t("eventsValue", { count: sentInAll(plan.events), backfilled })],
    ["media", t("mediaValue", { files: plan.media.files, size: bytesInWords(format, plan.media.bytes) })],
    ["devices", format.number(plan.devices)],
    ["addresses", format.number(plan.addresses + plan.externalIds)],
    ["servers", format.number(homeservers.length + identityServers.length)],
    ["bridges", appservices.length > 0 ? appservices.join(", ") : null],
    ["lastAdmin", plan.lastAdminOf.length > 0 ? plan.lastAdminOf.map(({ id, name, joined }) => t("lastAdminValue", { name: name ?? id, joined })).join("; ") : null],
    ["oldRooms", plan.oldRooms > 0 ? format.number(plan.oldRooms) : null],
    ["tooOld", plan.tooOldToRedact ? format.number(plan.tooOldToRedact) : null],
  ];
  return <SummaryList dense facts={facts.flatMap(([key, value]) => (value === null ? [] : [{ key, term: t(key as "rooms"), value: <bdi>{value}</bdi> }]))} />;
}
