import path from "node:path";
import { parseArgs } from "node:util";
import { type ExportScope, kindIds, type KindId } from "#lib/kinds/kind.ts";
import { parseMxid, serverOf } from "#lib/matrix/mxid.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Translate } from "#lib/messages/messages.ts";
import { UsageError } from "./exit-codes.ts";

export interface ExportOptions {
  readonly subject: Mxid;
  readonly file: string;
  readonly reference: string | null;
  readonly scope: ExportScope;
}

const options = {
  out: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  kinds: { type: "string" },
  "no-media": { type: "boolean" },
  reference: { type: "string" },
} as const;

/**
 * @param args what follows `export`
 * @param serverName the only server whose people can be exported
 * @throws UsageError
 */
export function readExportOptions(args: readonly string[], serverName: string, t: Translate): ExportOptions {
  const { values, positionals } = parse(args, t);
  const [user = "", ...more] = positionals;
  const subject = parseMxid(user);
  if (!subject || more.length > 0) throw new UsageError(t("cli.usage"));
  if (serverOf(subject) !== serverName) throw new UsageError(t("cli.foreign", { user, server: serverName }));
  if (!values.out) throw new UsageError(t("cli.noOut"));
  const from = day(values.from, "--from", t);
  const to = day(values.to, "--to", t);
  if (from && to && from > to) throw new UsageError(t("cli.badRange"));
  const scope = { kinds: kinds(values.kinds, t), from, to, mediaFiles: values["no-media"] !== true };
  return { subject, file: path.resolve(values.out), reference: values.reference ?? null, scope };
}

function parse(args: readonly string[], t: Translate) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const option = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
    throw new UsageError(`${t("cli.badOption", { option })}\n${t("cli.usage")}`);
  }
}

function day(text: string | undefined, option: string, t: Translate): string | null {
  if (text === undefined) return null;
  const at = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text) {
    throw new UsageError(t("cli.badDay", { option }));
  }
  return text;
}

function kinds(text: string | undefined, t: Translate): readonly KindId[] {
  if (text === undefined) return kindIds;
  const asked = text.split(",").map((kind) => kind.trim());
  const unknown = asked.find((kind) => !kindIds.some((id) => id === kind));
  if (unknown !== undefined) throw new UsageError(t("cli.badKind", { kind: unknown, kinds: kindIds.join(", ") }));
  return kindIds.filter((id) => asked.includes(id));
}
