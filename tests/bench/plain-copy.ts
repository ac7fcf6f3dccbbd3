import { spawnSync } from "node:child_process";
import path from "node:path";
import { escapeLiteral } from "pg";
import { endedCpuSeconds, timed } from "./measure.ts";

/** The least anybody could take: the JSON of the subject's events as it is stored. No proof, no table, no seal. */
export function plainCopy(subject: string): string {
  const rows = `SELECT j.json FROM events e JOIN event_json j USING (event_id) WHERE e.sender = ${escapeLiteral(subject)} AND e.stream_ordering > 0`;
  return `COPY (${rows}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`;
}

const typed = 'psql -X -q -v ON_ERROR_STOP=1 -c "$1" "$2" | gzip -6 > "$3"';

/**
 * Processor seconds of `COPY | gzip -6` as it would be typed: psql and gzip, together.
 * @returns null where they are not installed, or the system does not say what processes used
 * @throws Error with what they said when they fail
 */
export async function typedCopyCpuSeconds(databaseUrl: string, subject: string, out: string): Promise<number | null> {
  if (["bash", "psql", "gzip"].some((name) => spawnSync(name, ["--version"]).status !== 0)) return null;
  const before = endedCpuSeconds();
  await timed("bash", ["-o", "pipefail", "-c", typed, "bash", plainCopy(subject), databaseUrl, out], path.dirname(out));
  return endedCpuSeconds() - before || null;
}
