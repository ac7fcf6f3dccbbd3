import { z } from "zod";
import type { EnquiryAbout } from "#lib/db/generated/enums.ts";
import { DomainError } from "#lib/errors.ts";
import { kindIds, kindsByDefault, kindsOnApproval, type ExportScope, type KindId } from "#lib/kinds/kind.ts";
import { reviewMatters } from "./consent-review.ts";
import { denialReasons, denialReasonsFor } from "./denial-reasons.ts";
import type { ErasureOptions } from "./erasure-options.ts";
import { enquiryReasons } from "./enquiry.ts";
import { extensionReasons } from "./extension-reasons.ts";
import { holdReasons } from "./hold-reasons.ts";
import { releaseReasons } from "./release-reasons.ts";
import type { RequestError } from "./errors.ts";
import type { Rulings } from "./wishes.ts";

/** Messages are keys under errors.*, so that a page can say them in the person's language. */
const key = (error: RequestError) => ({ error });

const several = (known: readonly KindId[]) =>
  z.preprocess((value) => (typeof value === "string" ? [value] : (value ?? [])), z.array(z.enum(known, key("kinds_unknown")), key("kinds_required")));
const day = z.preprocess((value) => (value === "" || value === undefined ? null : value), z.iso.date(key("date_format")).nullable());
const choice = z.preprocess(
  (value) => (value === "yes" || value === "on" || value === "true" ? true : value === "no" || value === "false" ? false : value),
  z.boolean(key("media_choice")),
);

const ticked = z.preprocess((value) => value === "on" || value === "yes" || value === "true" || value === true, z.boolean());

/**
 * Fields as a form or a page gives them: `kinds` one or several, empty dates, "yes" or "no". The order of the kinds is the
 * catalogue's. Kinds on approval have a field of their own: no list of kinds, however complete, asks for them.
 */
export const exportInput = z
  .object({
    kinds: several(kindsByDefault).refine((kinds) => kinds.length > 0, key("kinds_required")),
    onApproval: several(kindsOnApproval),
    from: day,
    to: day,
    mediaFiles: choice,
  })
  .refine(({ from, to }) => !from || !to || from <= to, { path: ["to"], ...key("date_order") })
  .transform(({ kinds, onApproval, ...rest }): ExportScope => ({ kinds: kindIds.filter((kind) => [...kinds, ...onApproval].includes(kind)), ...rest }));

/** A box that is not ticked is not sent. `confirmation`: the person's own Matrix ID, typed; `planId`: the numbers they saw. */
export const erasureInput = (mxid: string) =>
  z
    .object({
      planId: z.uuid(key("plan_missing")),
      confirmation: z.string(key("confirmation_wrong")).refine((typed) => typed.trim() === mxid, key("confirmation_wrong")),
      redact: ticked,
      suspend: ticked,
      leaveNow: ticked,
    })
    .transform(({ planId, redact, suspend, leaveNow }): { planId: string; options: ErasureOptions } => ({ planId, options: { redact, suspend, leaveNow } }));

/** Words that go to somebody else and to paper: no control characters, no broken surrogates. */
const text = (least: number, short: RequestError) =>
  z
    .string(key(short))
    .transform((typed) => typed.replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .min(least, key(short))
        .max(4000, key("denial_text_long"))
        .refine((typed) => typed.isWellFormed() && !/[^\P{Cc}\n\t]/u.test(typed), key("text_characters")),
    );

/** The operator's words for the person. */
const words = text(20, "denial_text_short");

const ruling = z.enum(["granted", "refused"], key("ruling_required"));

/**
 * An approval with a ruling and words on each wish, in the fields `ruling-<kind>` and `reason-<kind>`; and in `leave` the kinds
 * that are left out all the same, for the catalogue's reason `leaveReason` in the words `leaveText`. Something must be left to give.
 */
export function readRulings({ kinds }: Pick<ExportScope, "kinds">, input: unknown): Rulings {
  const [wishes, given] = [kindsOnApproval.filter((kind) => kinds.includes(kind)), kindsByDefault.filter((kind) => kinds.includes(kind))];
  const fields = wishes.flatMap((kind) => [[`ruling-${kind}`, ruling] as const, [`reason-${kind}`, words] as const]);
  const answers = parseInput(z.object(Object.fromEntries(fields)), input);
  const { leave } = parseInput(z.object({ leave: several(given) }), input);
  const ruled = (how: string) => wishes.filter((kind) => answers[`ruling-${kind}`] === how).map((kind) => ({ kind, reason: String(answers[`reason-${kind}`]) }));
  const [granted, refused] = [ruled("granted"), ruled("refused")];
  if (leave.length === 0) return { granted, refused };
  const { leaveReason: code, leaveText: reason } = parseInput(leaveInput, input);
  const out = given.filter((kind) => leave.includes(kind));
  if (out.length + refused.length === kinds.length) throw new DomainError("invalid", "form", { leave: "leave_all" });
  return { granted, refused: [...refused, ...out.map((kind) => ({ kind, reason, code }))] };
}

export const approveInput = z.object({ preview: ticked });
const leaveInput = z.object({ leaveReason: z.enum(denialReasonsFor("export").map(({ code }) => code), key("denial_reason")), leaveText: words });
export const denyInput = z.object({ reason: z.enum(denialReasons.map(({ code }) => code), key("denial_reason")), text: words });
export const holdInput = z.object({ reason: z.enum(holdReasons.map(({ code }) => code), key("hold_reason")), text: words });
export const releaseInput = z.object({ reason: z.enum(releaseReasons, key("release_reason")) });

export const extendInput = z.object({ reason: z.enum(extensionReasons.map(({ code }) => code), key("extension_reason")), text: words });
/** A doubt about who asks needs its reason; a question about what is meant has none, whatever was typed there. */
export const askInput = z
  .object({ about: z.enum(Object.keys(enquiryReasons) as EnquiryAbout[], key("enquiry_about")), question: text(10, "question_short"), doubt: z.unknown() })
  .transform(({ about, question, doubt }, problems) => {
    if (about === "clarification") return { about, question, doubt: null };
    const why = text(20, "doubt_required").safeParse(doubt);
    if (!why.success) problems.addIssue({ code: "custom", path: ["doubt"], message: why.error.issues[0]?.message ?? "" });
    return { about, question, doubt: why.data ?? null };
  });
export const answerInput = z.object({ answer: text(1, "answer_required") });
export const endEnquiryInput = z.object({ how: z.enum(["satisfied", "dropped"], key("enquiry_end")) });

/** `policy` "": none of the texts. Which texts there are the verb knows. */
export const reviewInput = z.object({
  about: z.enum(reviewMatters, key("review_about")),
  policy: z.preprocess((value) => (value === "" || value === undefined ? null : value), z.string(key("review_policy")).nullable()),
  text: text(10, "question_short"),
});
/** `record`: the withdrawal that was asked for is written down with the answer. */
export const replyInput = z.object({ text: words, record: ticked });

const optional = z.preprocess((value) => (typeof value !== "string" || value.trim() === "" ? null : value), text(1, "text_characters").nullable());
const entered = z.enum(["export", "erasure", "consent"], key("request_kind"));
export const publicAskInput = z
  .object({ kind: entered, text: optional })
  .refine(({ kind, text: words }) => kind !== "consent" || words !== null, { path: ["text"], ...key("question_short") });
export const enterInput = z
  .object({
    kind: entered,
    /** Of a request about consent: what they ask. */
    words: optional,
    via: z.enum(["mail", "letter", "other"], key("request_via")),
    receivedOn: z.iso.date(key("date_format")),
    evidence: text(10, "evidence_short"),
    note: optional,
  })
  .refine(({ kind, words }) => kind !== "consent" || words !== null, { path: ["words"], ...key("question_short") });
export const noteInput = z.object({ text: text(1, "note_required") });

/** Throws DomainError("invalid", "form") with the first error of each field. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const { path, message } of parsed.error.issues) fields[String(path[0] ?? "form")] ??= message;
  throw new DomainError("invalid", "form", fields);
}
