import { z } from "zod";
import type { Policy } from "#lib/config/policy.ts";
import type { ConsentAct } from "#lib/db/generated/enums.ts";
import { regionOf } from "#lib/messages/languages.ts";
import { translator } from "#lib/messages/messages.ts";
import type { DocumentContent } from "#lib/pdf/content.ts";
import type { Document } from "./receipt.ts";

const titled = z.array(z.looseObject({ "dct:title": z.string() }));
/** What of the document stands on paper. It was written by us; what does not read is a bug. */
const shape = z.looseObject({
  "@type": z.string(),
  "dpv:hasIdentifier": z.string(),
  "dpv:hasRecordOfActivity": z.tuple([
    z.looseObject({
      "dpv:hasNotice": z.looseObject({ "dct:title": z.string(), "dct:hasVersion": z.string(), "dct:language": z.string(), "dpv:hasHash": z.string().optional() }),
      "dpv:hasProcess": z.looseObject({
        "dpv:hasPurpose": titled, "dpv:hasPersonalData": titled, "dpv:hasStorageCondition": titled,
        "dpv:hasRecipient": z.array(z.looseObject({ "dpv:hasName": z.string() })),
        "dpv:hasDataController": z.looseObject({ "dpv:hasName": z.string() }),
      }),
    }),
  ]),
});

/** The receipt for people: the same as the file, in sentences. */
export function receiptPdf(document: Document, { act, at }: { readonly act: ConsentAct; readonly at: Date }, policy: Pick<Policy, "timeZone" | "controller" | "dpoMail" | "authority" | "serverName" | "portalUrl">, locale: string): DocumentContent {
  const t = translator(locale, "consents.receipt");
  const { "@type": type, "dpv:hasIdentifier": id, "dpv:hasRecordOfActivity": [{ "dpv:hasNotice": notice, "dpv:hasProcess": process }] } = shape.parse(document);
  const titles = (list: z.output<typeof titled>) => list.map((each) => each["dct:title"]).join("; ");
  const moment = new Intl.DateTimeFormat(regionOf(locale), { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone: policy.timeZone });
  const consent = type === "dpv:ConsentReceipt";
  return {
    locale,
    title: t(consent ? "title" : "acknowledged"),
    subtitle: t("subtitle", { server: policy.serverName }),
    author: policy.controller.name,
    facts: [
      { term: t("what"), text: t(`act.${act}`) },
      { term: t("when"), text: moment.format(at) },
      { term: t("text"), text: t("textValue", { title: notice["dct:title"], version: notice["dct:hasVersion"], language: notice["dct:language"] }) },
      ...(notice["dpv:hasHash"] ? [{ term: t("hash"), text: notice["dpv:hasHash"] }] : []),
      { term: t("id"), text: id },
    ],
    sections: [
      {
        heading: t("process"),
        blocks: [
          {
            type: "pairs",
            pairs: [
              { term: t("purposes"), text: titles(process["dpv:hasPurpose"]) },
              { term: t("data"), text: titles(process["dpv:hasPersonalData"]) },
              { term: t("storage"), text: titles(process["dpv:hasStorageCondition"]) },
              { term: t("recipients"), text: process["dpv:hasRecipient"].map((each) => each["dpv:hasName"]).join("; ") || t("nobody") },
              { term: t("controller"), text: `${process["dpv:hasDataController"]["dpv:hasName"]}, ${policy.controller.address.replaceAll("\n", ", ")}` },
              { term: t("officer"), text: policy.dpoMail },
              { term: t("authority"), text: `${policy.authority.name}, ${policy.authority.url}` },
            ],
          },
        ],
      },
      { heading: t("rights"), blocks: [{ type: "text", text: t(consent ? "withdraw" : "contract", { url: `${policy.portalUrl}/consents` }) }] },
    ],
    footer: { left: t("footer", { id }), pages: t("page", { page: "{page}", pages: "{pages}" }) },
    missingGlyphs: t("glyphs"),
  };
}
