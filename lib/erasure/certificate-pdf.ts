import type { Policy } from "#lib/config/policy.ts";
import { regionOf } from "#lib/messages/languages.ts";
import { translator, type Translate } from "#lib/messages/messages.ts";
import type { DocumentContent, Pair, Section } from "#lib/pdf/content.ts";
import type { Certificate, CertificateFile } from "./certificate.ts";

/** The certificate for people: the same as the file, in sentences. */
export function certificatePdf({ certificate }: CertificateFile, policy: Pick<Policy, "timeZone" | "portalUrl">, locale: string): DocumentContent {
  const words: Words = { t: translator(locale, "certificate"), erasure: translator(locale, "erasure"), moment: momentsOf(locale, policy.timeZone), number: (value) => new Intl.NumberFormat(locale).format(value) };
  const { t } = words;
  return {
    locale,
    title: t("title"),
    subtitle: t("subtitle"),
    author: plain(certificate.controller.name),
    facts: facts(certificate, words),
    sections: [
      counted("removed", certificate.removed, words),
      retained(certificate, words),
      counted("failed", certificate.failed, words),
      ...overridden(certificate, words),
      residue(certificate, words),
      told(certificate, words),
      { heading: t("proof.heading"), blocks: [{ type: "text", text: t("proof.text", { url: `${policy.portalUrl}/verify` }) }] },
    ],
    footer: { left: t("footer", { reference: spoken(certificate.reference) }), pages: t("page", { page: "{page}", pages: "{pages}" }) },
    missingGlyphs: t("glyphs"),
  };
}

interface Words {
  readonly t: Translate;
  /** Reasons of the plan and of the residue, as the pages say them. */
  readonly erasure: Translate;
  readonly moment: (iso: string) => string;
  readonly number: (value: number) => string;
}

function facts(certificate: Certificate, { t, moment }: Words): Pair[] {
  const { options, holder, planHash, confirmed, approved } = certificate;
  const chosen = [t(options.redact ? "facts.redactYes" : "facts.redactNo"), ...(options.suspend ? [t("facts.suspended")] : []), ...(options.leaveNow ? [t("facts.leaveNow")] : [])];
  return [
    { term: t("facts.reference"), text: spoken(certificate.reference) },
    { term: t("facts.holder"), text: t("facts.holderHash", { hash: holder.hash }) },
    { term: t("facts.homeserver"), text: certificate.homeserver },
    { term: t("facts.accounts"), text: t(certificate.accounts === "mas" ? "facts.accountsMas" : "facts.accountsSynapse") },
    { term: t("facts.controller"), text: plain(`${certificate.controller.name}, ${certificate.controller.address}`) },
    { term: t("facts.officer"), text: certificate.officer },
    { term: t("facts.supervision"), text: plain(`${certificate.supervision.name}, ${certificate.supervision.url}`) },
    { term: t("facts.options"), text: chosen.join("; ") },
    { term: t("facts.asked"), text: moment(certificate.asked) },
    ...(confirmed ? [{ term: t("facts.confirmed"), text: moment(confirmed) }] : []),
    ...(approved ? [{ term: t("facts.approved"), text: moment(approved) }] : []),
    { term: t("facts.begun"), text: moment(certificate.begun) },
    { term: t("facts.issued"), text: moment(certificate.issued) },
    { term: t("facts.plan"), text: planHash ?? t("facts.noPlan") },
  ];
}

function counted(part: "removed" | "failed", lines: Certificate["removed"], { t, number }: Words): Section {
  if (lines.length === 0) return { heading: t(`${part}.heading`), blocks: [{ type: "text", text: t(`${part}.none`) }] };
  const columns = [{ label: t(`${part}.what`), share: 80 }, { label: t(`${part}.count`), share: 20, numeric: true }];
  return { heading: t(`${part}.heading`), blocks: [{ type: "table", columns, rows: lines.map(({ code, count }) => [t(`${part}.${code}`), number(count)]) }] };
}

function retained({ retained: lines }: Certificate, { t, erasure }: Words): Section {
  if (lines.length === 0) return { heading: t("retained.heading"), blocks: [{ type: "text", text: t("retained.none") }] };
  const columns = [{ label: t("retained.why"), share: 75 }, { label: t("retained.law"), share: 25 }];
  return { heading: t("retained.heading"), blocks: [{ type: "table", columns, rows: lines.map(({ code, law }) => [said(erasure, `stays.${code}`, code), law]) }] };
}

function overridden({ overridden: lines }: Certificate, { t }: Words): Section[] {
  if (lines.length === 0) return [];
  const columns = [{ label: t("overridden.step"), share: 30 }, { label: t("overridden.reason"), share: 70 }];
  return [{ heading: t("overridden.heading"), blocks: [{ type: "table", columns, rows: lines.map(({ step, reason }) => [t(`steps.${step}`), plain(reason)]) }] }];
}

function residue({ residue: { measured, places, unexplained } }: Certificate, { t, erasure, moment, number }: Words): Section {
  const columns = [{ label: t("residue.where"), share: 34 }, { label: t("residue.rows"), share: 14, numeric: true }, { label: t("residue.why"), share: 52 }];
  const where = ({ table, column }: { table: string; column: string }) => (table === "media_store" ? t("residue.media") : `${table}.${column}`);
  const rows = (value: number | null) => (value === null ? t("residue.unknown") : number(value));
  const why = (place: Certificate["residue"]["places"][number]) => {
    const reason = `${said(erasure, `residue.${place.why}`, place.why)}${place.law ? ` (${place.law})` : ""}`;
    return place.goesBy ? t("residue.until", { why: reason, at: moment(place.goesBy) }) : reason;
  };
  return {
    heading: t("residue.heading"),
    fresh: true,
    blocks: [
      { type: "text", text: t("residue.measured", { at: moment(measured) }) },
      ...(places.length > 0 ? [{ type: "table", columns, rows: places.map((place) => [where(place), rows(place.rows), why(place)]) } as const] : [{ type: "text", text: t("residue.none") } as const]),
      ...(unexplained.length > 0
        ? [{ type: "heading", text: t("residue.unexplained") } as const, { type: "table", columns, rows: unexplained.map((place) => [where(place), rows(place.rows), t("residue.noReason")]) } as const]
        : []),
    ],
  };
}

function told({ told: lines }: Certificate, { t }: Words): Section {
  if (lines.length === 0) return { heading: t("told.heading"), blocks: [{ type: "text", text: t("told.none") }] };
  const columns = [{ label: t("told.who"), share: 60 }, { label: t("told.state"), share: 40 }];
  return { heading: t("told.heading"), blocks: [{ type: "table", columns, rows: lines.map(({ target, name, state }) => [t(`told.${target}`, { name: plain(name) }), t(`told.${state}`)]) }] };
}

/** A code without words is better than a certificate without the line. */
const said = (t: Translate, key: string, code: string): string => (t.has(key) ? t(key) : code);

/** Text of others, as a document may show it. */
const plain = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu, "\u25A1");

const spoken = (reference: string): string => reference.replace(/^(.{4})(.{4})$/, "$1-$2");

function momentsOf(locale: string, timeZone: string): (iso: string) => string {
  const format = new Intl.DateTimeFormat(regionOf(locale), { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone });
  return (iso) => format.format(new Date(iso));
}
