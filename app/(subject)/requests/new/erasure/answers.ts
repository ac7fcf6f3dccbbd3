import type { ErasureOptions } from "#lib/requests/erasure-options.ts";

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** The three choices, as they stand in the address of both pages: nothing of a person is in them, and a sign-in on the way loses nothing. */
export const choices = ["redact", "suspend", "leaveNow"] as const;

/** What is chosen where nothing was said. */
const usual: ErasureOptions = { redact: false, suspend: true, leaveNow: false };

export function readAnswers(query: Query): ErasureOptions {
  const answer = (name: (typeof choices)[number]) => (query[name] === "yes" ? true : query[name] === "no" ? false : usual[name]);
  return { redact: answer("redact"), suspend: answer("suspend"), leaveNow: answer("leaveNow") };
}

/** Address of a step with plan and answers in it. */
export function erasurePath(step: "" | "/check" | "/plan", plan: string, answers?: ErasureOptions): string {
  const query = new URLSearchParams({ plan });
  for (const name of choices) if (answers) query.set(name, answers[name] ? "yes" : "no");
  return `/requests/new/erasure${step}?${query}`;
}

export function planOf(query: Query): string | undefined {
  return typeof query["plan"] === "string" ? query["plan"] : undefined;
}
