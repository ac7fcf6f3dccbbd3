import { pino } from "pino";

/** Fields of a log line: ids, names, counts and durations. Never a Matrix ID, address, room or text. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

/** Structured log. An error is written as its class and code only: messages of others may hold personal data. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, error: unknown, fields?: LogFields): void;
}

/** @param process "web", "worker" or "portal" */
export function createLog(process: string, level = "info", destination?: { write(line: string): void }): Log {
  const options = { level, base: { process }, timestamp: () => `,"time":"${new Date().toISOString()}"` };
  const out = destination ? pino(options, destination) : pino(options);
  return {
    info: (event, fields = {}) => out.info({ ...fields, event }),
    warn: (event, fields = {}) => out.warn({ ...fields, event }),
    error: (event, error, fields = {}) => out.error({ ...fields, event, ...describe(error) }),
  };
}

function describe(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = (error as { code?: unknown }).code;
  // The stack begins with the message: take that out first.
  const at = error.stack?.replace(error.message, "").split("\n").find((line) => line.includes("/lib/") || line.includes("/app/"));
  return {
    error: error.name,
    code: typeof code === "string" ? code : null,
    at: at ? at.trim().replace(/^at /, "").replace(/\(?\S*?((?:lib|app)\/)/, "$1").replace(/\)$/, "") : null,
    ...(error.cause instanceof Error ? { cause: error.cause.name } : {}),
  };
}
