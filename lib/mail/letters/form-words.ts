import type { LetterFacts, Words } from "./facts.ts";

/** What is otherwise done after signing in, said for who cannot: they have their mail and the codes that come there. */
export function byMail({ via }: Pick<LetterFacts, "via">, words: Words, name: "ready" | "downloaded" | "asked", signedIn: string, values: Record<string, string> = {}): string {
  return via === "form" ? words.t(`byMail.${name}`, values) : signedIn;
}
