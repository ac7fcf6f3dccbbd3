import type { SignatureVerdict } from "#lib/signing/verify/verdict.ts";

type FormKey =
  | "file" | "hint" | "reading" | "progress" | "starting" | "stop" | "stopped" | "files" | "allFiles" | "changed" | "missing" | "surplus" | "more"
  | "signature" | "key" | "says" | "saysText" | "saysReference";

type CertificateKey =
  | "genuine" | "notGenuine" | "unchecked" | "says" | "removed" | "retained" | "failed" | "told" | "nobody" | "plan" | "mine" | "mineAbout" | "mxid" | "salt"
  | "saltHint" | "check" | "isMine" | "notMine";

/** Sentences of the check, made on the server; "{…}" stands where only the browser knows what to say. */
export interface VerifyWords {
  readonly form: Readonly<Record<FormKey, string>>;
  readonly outcome: Readonly<Record<string, string>>;
  readonly explained: Readonly<Record<string, string>>;
  readonly signatures: Readonly<Record<SignatureVerdict, string>>;
  readonly certificate: Readonly<Record<CertificateKey, string>>;
  readonly removedWords: Readonly<Record<string, string>>;
  readonly failedWords: Readonly<Record<string, string>>;
  readonly staysWords: Readonly<Record<string, string>>;
}

/** The sentence with its places filled. */
export function filled(sentence: string, facts: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => facts[name] ?? place);
}
