import { z } from "zod";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { visible } from "#lib/export/visible.ts";
import type { VerifyWords } from "./words.ts";

/** As much of lib/erasure/certificate.ts as is shown here; a stranger's file until its signature holds. */
const counted = z.array(z.object({ code: z.string(), count: z.number() })).catch([]);
const lines = z.object({
  certificate: z.object({
    removed: counted,
    failed: counted,
    retained: z.array(z.object({ code: z.string(), law: z.string() })).catch([]),
    planHash: z.string().nullable().catch(null),
    told: z.array(z.object({ name: z.string() })).catch([]),
  }),
});

/** What the certificate says went, stayed and did not succeed. */
export function CertificateLines({ text, words, language }: { readonly text: string; readonly words: VerifyWords; readonly language: string }) {
  const read = lines.safeParse(JSON.parse(text));
  if (!read.success) return null;
  const { removed, failed, retained, planHash, told } = read.data.certificate;
  const { certificate: say, removedWords, failedWords, staysWords } = words;
  const number = (count: number) => count.toLocaleString(language);
  const list = (rows: readonly string[]) => (
    <ul>
      {rows.map((row, at) => (
        <li key={at}>{visible(row)}</li>
      ))}
    </ul>
  );
  const count = (names: Readonly<Record<string, string>>) => ({ code, count: amount }: { code: string; count: number }) => `${names[code] ?? code}: ${number(amount)}`;
  return (
    <SummaryList
      facts={[
        { key: "removed", term: say.removed, value: list(removed.map(count(removedWords))) },
        { key: "retained", term: say.retained, value: list(retained.map(({ code, law }) => `${staysWords[code] ?? code} (${law})`)) },
        ...(failed.length > 0 ? [{ key: "failed", term: say.failed, value: list(failed.map(count(failedWords))) }] : []),
        { key: "told", term: say.told, value: told.length > 0 ? list(told.map(({ name }) => name)) : say.nobody },
        ...(planHash ? [{ key: "plan", term: say.plan, value: <code>{visible(planHash)}</code> }] : []),
      ]}
    />
  );
}
