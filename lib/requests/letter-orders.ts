import type { LetterName } from "#lib/mail/letters/names.ts";

export interface LetterOrder {
  readonly name: LetterName;
  readonly channel: "mail" | "notice";
  /** Tells two occasions of the same letter apart; a letter is written once for each. */
  readonly occasion: string;
}

/** To the person: a server notice always (it reaches all devices), mail where the account has a verified address. */
export function toPerson(name: LetterName, hasMail: boolean, occasion = ""): LetterOrder[] {
  const notice: LetterOrder = { name, channel: "notice", occasion };
  return hasMail ? [notice, { name, channel: "mail", occasion }] : [notice];
}

/** To the data-protection officer: one mail to the configured address. */
export function toOfficer(name: Extract<LetterName, `dpo-${string}`>, occasion = ""): LetterOrder[] {
  return [{ name, channel: "mail", occasion }];
}
