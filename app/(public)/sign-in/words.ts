/** Sentences of the sign-in form, made on the server; "{time}" and "{id}" stand where the browser knows more. */
export interface SignInWords {
  readonly errorTitle: string;
  readonly errorPrefix: string;
  readonly name: string;
  readonly nameHint: string;
  readonly password: string;
  readonly passwordHint: string;
  readonly submit: string;
  readonly working: string;
  readonly asking: string;
  readonly or: string;
  readonly sso: string;
  /** With "{provider}". */
  readonly ssoWith: string;
  readonly ssoWorking: string;
  readonly arriving: string;
  readonly noWay: string;
  readonly tryAgain: string;
  readonly blankEnds: string;
  readonly deviceName: string;
  readonly problems: Readonly<Record<string, string>>;
}

/** The problem as a sentence. What this page does not know is told in general words. */
export function sentence(words: SignInWords, key: string, facts: { until: Date | null; id: string | null }, language: string): string {
  const known = key === "limited" && !facts.until ? "limited_unknown" : key;
  const text = words.problems[known] ?? words.problems["refused"] ?? "";
  // The person's own way of writing times, where the browser speaks the page's language.
  const way = navigator.language.startsWith(language) ? navigator.language : language;
  const time = facts.until?.toLocaleTimeString(way, { timeStyle: "medium" }) ?? "";
  return text.replace("{time}", time).replace("{id}", facts.id ?? "");
}
