import { z } from "zod";

const counts = z.object({
  candidates: z.int().nonnegative(), included: z.int().nonnegative(), tombstones: z.int().nonnegative(), excluded: z.record(z.string(), z.int().nonnegative()),
});
export type Counts = z.infer<typeof counts>;

const file = z.object({ path: z.string(), bytes: z.int().nonnegative(), sha256: z.string().regex(/^[0-9a-f]{64}$/), records: z.int().nonnegative().optional() });
export type ListedFile = z.infer<typeof file>;

/** What the gate must know of `manifest.json`; all else in it is words for people. */
export const manifestShape = z.object({
  subject: z.string(),
  totals: counts,
  kinds: z.array(counts.extend({ kind: z.string() })),
  approvals: z.array(z.object({ kind: z.string() })).default([]),
  files: z.array(file),
});
export type Manifest = z.infer<typeof manifestShape>;

export const manifestPath = "manifest.json";
export const payloadManifestPath = "manifest-sha256.txt";
export const tagManifestPath = "tagmanifest-sha256.txt";

/** Made after the manifest, so it cannot name them. */
export const unlisted: ReadonlySet<string> = new Set([manifestPath, "signature.json", payloadManifestPath, tagManifestPath]);
