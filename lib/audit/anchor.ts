import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { PrismaClient } from "#lib/db/generated/client.ts";

const anchorLine = z.object({ at: z.iso.datetime(), seq: z.number().int().nonnegative(), hash: z.string().regex(/^[0-9a-f]{64}$/) });

/** Where the chain ended at a moment: its last record's number and hash. */
export type Anchor = z.output<typeof anchorLine>;

/**
 * The head of the chain in a file outside the database, a line a night, only ever appended to. Whoever rewrites the whole
 * chain, head and all, must rewrite the file too, and every copy the operator made of it.
 */
export async function readAnchors(file: string): Promise<readonly Anchor[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  // A line that a crash cut short is no anchor; one that was tampered with is none either, and its seq is then missing.
  return text.split("\n").flatMap((line) => parse(line) ?? []);
}

/** On the disk when it resolves. Nothing is written where nothing happened since the last line. */
export async function writeAnchor({ db, now, anchorFile }: { readonly db: PrismaClient; readonly now: () => Date; readonly anchorFile: string }): Promise<Anchor | null> {
  const head = await db.auditHead.findUnique({ where: { id: 1 } });
  if (!head || head.seq === 0n) return null;
  const anchor: Anchor = { at: now().toISOString(), seq: Number(head.seq), hash: head.hash };
  if ((await readAnchors(anchorFile)).some(({ seq }) => seq === anchor.seq)) return null;
  await mkdir(path.dirname(anchorFile), { recursive: true });
  const handle = await open(anchorFile, "a", 0o600);
  try {
    await handle.appendFile(`\n${JSON.stringify(anchor)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return anchor;
}

function parse(line: string): Anchor[] | null {
  try {
    const read = anchorLine.safeParse(JSON.parse(line));
    return read.success ? [read.data] : null;
  } catch {
    return null;
  }
}
