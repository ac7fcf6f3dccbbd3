import type { Env } from "./config.ts";
import { workerOnly } from "./env.ts";

/**
 * The environment the web process gets: without what only the worker may hold. The names stay, empty,
 * because Next would otherwise fill them in again from a `.env` file.
 */
export function webEnvironment(env: Env, set: Readonly<Record<string, string>> = {}): Env {
  return { ...env, ...set, ...Object.fromEntries(workerOnly.map((name) => [name, ""])) };
}
