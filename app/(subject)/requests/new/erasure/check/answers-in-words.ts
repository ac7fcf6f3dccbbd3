import { createElement } from "react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { Fact } from "#app/_ui/summary-list.tsx";
import { sentInAll } from "#app/_request/sent.ts";
import type { Plan } from "#lib/erasure/plan.ts";
import type { ErasureOptions } from "#lib/requests/erasure-options.ts";

/** The answers as facts, each with the way back to change it. */
export async function answersInWords(plan: Plan, { redact, suspend, leaveNow }: ErasureOptions, days: number, path: string): Promise<Fact[]> {
  const t = await getTranslations("erasure.check");
  const hidden = (name: string) => createElement("span", { className: "visually-hidden" }, ` ${name}`);
  const change = (term: string, field: string) => createElement(Link, { href: `${path}#f-${field}` }, t("change"), hidden(term));
  return [
    { key: "account", term: t("account"), value: createElement("bdi", null, plan.mxid) },
    { key: "amount", term: t("amount"), value: t("amountValue", { rooms: plan.rooms.length, messages: sentInAll(plan.events), files: plan.media.files }) },
    { key: "redact", term: t("redact"), value: t(redact ? "redactYes" : "redactNo"), change: change(t("redact"), "redact") },
    { key: "suspend", term: t("suspend"), value: t(suspend ? "suspendYes" : "suspendNo"), change: change(t("suspend"), "suspend") },
    { key: "when", term: t("when"), value: t(leaveNow ? "whenNow" : "whenWait", { days }), change: change(t("when"), "leaveNow") },
  ];
}
