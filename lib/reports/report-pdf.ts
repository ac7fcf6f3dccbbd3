import type { Policy } from "#lib/config/policy.ts";
import { regionOf } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import type { DocumentContent } from "#lib/pdf/content.ts";
import { requestKinds, type MonthNumbers } from "./numbers.ts";

/** A month for the management: a page of numbers, nobody's name. */
export function reportPdf(numbers: MonthNumbers, policy: Pick<Policy, "language" | "controller" | "serverName" | "timeZone">, madeAt: Date): DocumentContent {
  const { language: locale, controller, serverName, timeZone } = policy;
  const t = translator(locale, "reports");
  const region = regionOf(locale);
  const month = new Intl.DateTimeFormat(region, { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(`${numbers.month}-01T00:00:00Z`));
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const days = (value: number | null) => (value === null ? t("none") : t("days", { count: value }));
  const { speed } = numbers;
  return {
    locale,
    title: t("paper.title", { month }),
    subtitle: t("paper.subtitle", { server: serverName }),
    author: controller.name,
    facts: [
      { term: t("paper.controller"), text: `${controller.name}, ${controller.address.replaceAll("\n", ", ")}` },
      { term: t("paper.made"), text: new Intl.DateTimeFormat(region, { dateStyle: "long", timeZone }).format(madeAt) },
    ],
    sections: [
      {
        heading: t("byKind.title"),
        blocks: [
          {
            type: "table",
            columns: [{ label: t("byKind.kind"), share: 3 }, ...(["received", "answered", "granted", "denied", "withdrawn", "expired"] as const).map((key) => ({ label: t(`byKind.${key}`), share: 1.6, numeric: true }))],
            rows: requestKinds.map((kind) => {
              const { received, answered, outcomes } = numbers.byKind[kind];
              return [t(`kind.${kind}`), ...[received, answered, outcomes.granted, outcomes.denied, outcomes.withdrawn, outcomes.expired].map(number)];
            }),
          },
        ],
      },
      {
        heading: t("speed.title"),
        blocks: [
          {
            type: "pairs",
            pairs: [
              { term: t("speed.median"), text: days(speed.median) },
              { term: t("speed.p90"), text: days(speed.p90) },
              { term: t("speed.late"), text: number(speed.late) },
              { term: t("speed.extended"), text: number(numbers.extended) },
              { term: t("open.atEnd"), text: number(numbers.open) },
              { term: t("open.overdue"), text: number(numbers.overdue) },
            ],
          },
          { type: "text", text: t("speed.about") },
        ],
      },
    ],
    footer: { left: t("paper.footer", { month }), pages: t("paper.page", { page: "{page}", pages: "{pages}" }) },
    missingGlyphs: t("paper.glyphs"),
  };
}
