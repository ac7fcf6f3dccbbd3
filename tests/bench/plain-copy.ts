import { spawn } from "node:child_process";
import { once } from "node:events";
import { escapeLiteral } from "pg";
import { endedCpuSeconds } from "./measure.ts";

/** The least anybody could take: the JSON of the subject's events as it is stored. No proof, no table, no seal. */
export function plainCopy(subject: string): string {
  const rows = `SELECT j.json FROM events e JOIN event_json j USING (event_id) WHERE e.sender = ${escapeLiteral(subject)} AND e.stream_ordering > 0`;
  return `COPY (${rows}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`;
}

/**
 * Processor seconds of `COPY | gzip -6` as it would be typed: psql and gzip, together.
 * @returns null where either is not installed
 */
export async function typedCopyCpuSeconds(databaseUrl: string, subject: string, out: string): Promise<number | null> {
  const before = endedCpuSeconds();
  const env = { PATH: process.env["PATH"], NODE_ENV: "production", DATABASE: databaseUrl, COPY: plainCopy(subject), OUT: out } as const;
  const shell = spawn("bash", ["-o", "pipefail", "-c", 'psql -X -q -v ON_ERROR_STOP=1 -c "$COPY" "$DATABASE" | gzip -6 > "$OUT"'], { stdio: "ignore", env });
  const [code] = (await once(shell, "close").catch(() => [127])) as [number | null];
  if (code !== 0) return null;
  return endedCpuSeconds() - before;
}
