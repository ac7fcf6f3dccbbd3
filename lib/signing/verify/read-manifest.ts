import "#lib/signing/no-eval.ts";
import { z } from "zod";

/** As much of manifest.json as the check needs; the rest is covered by the signature as it stands. */
const manifestFile = z.looseObject({
  format: z.looseObject({ name: z.literal("matrix-privacy-portal-export"), version: z.literal(2) }),
  subject: z.string(),
  server: z.string(),
  reference: z.string().nullable(),
  controller: z.looseObject({ name: z.string() }),
  writtenAt: z.iso.datetime(),
  files: z.array(z.looseObject({ path: z.string(), bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type ReadManifest = z.output<typeof manifestFile>;

const anyVersion = z.looseObject({ format: z.looseObject({ name: z.literal("matrix-privacy-portal-export"), version: z.number() }) });

export function readManifest(text: string): ReadManifest | "not_ours" | "other_version" {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not_ours";
  }
  const read = manifestFile.safeParse(value);
  if (read.success) return read.data;
  const other = anyVersion.safeParse(value);
  return other.success && other.data.format.version !== 2 ? "other_version" : "not_ours";
}
