import { z } from "zod";

/** Raised when a rule is added or sharpened: a verdict says which rules it was made by. */
export const gateVersion = 1;

/** Why a package may not leave. Each has a sentence under `desk.gate.codes`. */
export const gateCodes = [
  "zip_broken",
  "entry_name",
  "entry_outside",
  "entry_twice",
  "entry_type",
  "manifest_unreadable",
  "manifest_subject",
  "file_unlisted",
  "file_missing",
  "file_unexpected",
  "length_differs",
  "hash_differs",
  "bag_differs",
  "line_too_long",
  "record_unreadable",
  "record_twice",
  "sender_foreign",
  "sender_missing",
  "user_foreign",
  "not_about_subject",
  "ordering_negative",
  "ordering_missing",
  "not_approved",
  "token",
  "secret_field",
  "ledger_unreadable",
  "ledger_unbalanced",
  "totals_differ",
  "counts_differ",
  "tables_differ",
] as const;
export type GateCode = (typeof gateCodes)[number];

/** More would not be read; how many there are stands beside. */
export const findingsShown = 20;

/** Names a place and a rule and never what stands there. `path` is relative to the top folder; `line` counts from 1. */
const finding = z.strictObject({
  code: z.enum(gateCodes),
  path: z.string().regex(/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/).max(200),
  line: z.int().positive().optional(),
});
export type Finding = z.infer<typeof finding>;

const count = z.int().nonnegative();

/** What the gate says of one package. Kept with the build and shown at the desk: codes, generated paths and counts only. */
export const gateVerdict = z
  .strictObject({
    version: z.literal(gateVersion),
    passed: z.boolean(),
    /** Looked at: files of the archive, lines of NDJSON, bytes of the ZIP. */
    files: count,
    records: count,
    bytes: count,
    found: count,
    findings: z.array(finding).max(findingsShown),
  })
  .refine(({ passed, found }) => passed === (found === 0), "passed and found disagree")
  .refine(({ found, findings }) => findings.length === Math.min(found, findingsShown), "findings are missing");
export type GateVerdict = z.infer<typeof gateVerdict>;

/** One line of the gate's standard output: signs of life, and at the end the verdict. */
export const gateLine = z.union([z.strictObject({ done: count, total: count }), z.strictObject({ verdict: gateVerdict })]);
