import path from "node:path";
import { parseArgs } from "node:util";
import { type ExportScope, kindIds, kindsByDefault, kindsOnApproval, type KindId } from "#lib/kinds/kind.ts";
import { parseMxid, serverOf } from "#lib/matrix/mxid.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Translate } from "#lib/messages/messages.ts";
import { UsageError } from "./exit-codes.ts";

export interface ExportOptions {
  readonly subject: Mxid;
  readonly file: string;
  readonly reference: string | null;
  readonly scope: ExportScope;
  /** Why kinds on approval are included; null when none is. */
  readonly approvalReason: string | null;
}

const options = {
  out: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  kinds: { type: "string" },
  include: { type: "string" },
  reason: { type: "string" },
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
  if (!subject || more.length > 0) throw new UsageError(t("cli.help"));
  if (serverOf(subject) !== serverName) throw new UsageError(t("cli.foreign", { user, server: serverName }));
  if (!values.out) throw new UsageError(t("cli.noOut"));
  const from = day(values.from, "--from", t);
  const to = day(values.to, "--to", t);
  if (from && to && from > to) throw new UsageError(t("cli.badRange"));
  const asked = values.kinds === undefined ? kindsByDefault : named(values.kinds, kindsByDefault, t);
  const included = values.include === undefined ? [] : named(values.include, kindsOnApproval, t);
  const reason = values.reason?.trim() ?? "";
  // Neither is of use alone: an approval has a reason, and a reason approves something.
  if ((included.length > 0) !== (reason !== "")) throw new UsageError(t("cli.includeReason"));
  const scope = { kinds: kindIds.filter((id) => asked.includes(id) || included.includes(id)), from, to, mediaFiles: values["no-media"] !== true };
  return { subject, file: path.resolve(values.out), reference: values.reference ?? null, scope, approvalReason: reason === "" ? null : reason };
}

function parse(args: readonly string[], t: Translate) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const option = /'(-[^' ]*)/.exec(error instanceof Error ? error.message : "")?.[1] ?? "";
    throw new UsageError(`${t("cli.badOption", { option })}\n${t("cli.help")}`);
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

function named(text: string, known: readonly KindId[], t: Translate): readonly KindId[] {
  const asked = text.split(",").map((kind) => kind.trim());
  const unknown = asked.find((kind) => !known.some((id) => id === kind));
  if (unknown !== undefined) throw new UsageError(t("cli.badKind", { kind: unknown, kinds: known.join(", ") }));
  return known.filter((id) => asked.includes(id));
}
