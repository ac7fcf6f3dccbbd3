import { mkdir, open, readFile } from "node:fs/promises";
import path from "node:path";
import "#lib/signing/no-eval.ts";
import { z } from "zod";

const entryLine = z.object({ mark: z.string().regex(/^[0-9a-f]{64}$/), erasedAt: z.iso.datetime(), redacted: z.boolean() });
export type RegisterEntry = z.output<typeof entryLine>;

/**
 * The register outside the database, so that a restore of the database cannot lose it (K18). One JSON document a line,
 * only ever appended to; a line that a crash cut short is passed over.
 */
export async function readRegister(file: string): Promise<readonly RegisterEntry[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => parse(line) ?? []);
}

/** On the disk when it resolves. An entry that stands there already is not written again. */
export async function appendRegister(file: string, entry: RegisterEntry): Promise<void> {
  if ((await readRegister(file)).some(({ mark }) => mark === entry.mark)) return;
  await mkdir(path.dirname(file), { recursive: true });
  const handle = await open(file, "a", 0o600);
  try {
    // A line of its own, also behind one that was cut short.
    await handle.appendFile(`\n${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function parse(line: string): RegisterEntry[] | null {
  try {
    const read = entryLine.safeParse(JSON.parse(line));
    return read.success ? [read.data] : null;
  } catch {
    return null;
  }
}
