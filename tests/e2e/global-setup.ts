import { startStack } from "./stack.ts";

/** Playwright: one stack for all browser tests; the returned function ends it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const { facts, stop } = await startStack((line) => console.log(line));
  process.env["E2E_STACK"] = JSON.stringify(facts);
  return stop;
}
