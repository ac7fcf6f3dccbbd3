import type { Instrumentation } from "next";
import type { Log } from "#lib/log.ts";

let log: Log | undefined;

export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { createLog } = await import("#lib/log.ts");
  const created = createLog("web", process.env["LOG_LEVEL"] ?? "info");
  log = created;
  // Next prints whole errors, and the words of others may hold personal data: only their class is kept.
  if (process.env.NODE_ENV === "production") {
    const error = (...parts: unknown[]) => created.error("next", parts.find((part) => part instanceof Error));
    Object.assign(console, { error, warn: () => created.warn("next") });
  }
}

/** A page, action or route that broke: the id the person sees, the route as it is written, never the address asked for. */
export const onRequestError: Instrumentation.onRequestError = (error, request, context) => {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  log?.error("request.failed", error, { id: digest, where: context.routePath, type: context.routeType, method: request.method });
};
