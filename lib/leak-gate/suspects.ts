const quote = String.raw`(?:\\*["']|&quot;|&#3[49];|&#x2[27];)`;
/** Names of columns and fields that hold a secret wherever Synapse or the authentication service has them. */
const secretNames =
  "access_token|refresh_token|id_token|login_token|session_token|password_hash|client_secret|macaroon_secret_key|form_secret|registration_shared_secret";

const shapes = [
  // Synapse: kind, the local part in base 64 (not of a login), 20 random letters, six check digits. Less than the whole shape
  // stands by chance in one of a few million event ids, which are base 64 too.
  String.raw`(?<![A-Za-z0-9])sy[trl]_(?:[A-Za-z0-9+/]*_)?[A-Za-z]{20}_[A-Za-z0-9]{6}(?![A-Za-z0-9])`,
  // Authentication service: access and refresh tokens, of its own and for older clients.
  String.raw`(?<![A-Za-z0-9])m(?:ct|cr|at|ar)_[A-Za-z0-9]{20,}_[A-Za-z0-9]{6}(?![A-Za-z0-9])`,
  // A macaroon in base 64 begins with the length of its location: "001alocation".
  String.raw`MDA[A-Za-z0-9]{2}[GWm2]xvY2F0aW9u[A-Za-z0-9+/_=-]*`,
  String.raw`\$2[abxy]\$\d\d\$[./A-Za-z0-9]{53}`,
  String.raw`(?<=[Bb]earer\s{1,4})[A-Za-z0-9._~+/-]{16,}`,
  String.raw`(?<=${quote}(?:${secretNames})${quote}\s{0,4}:\s{0,4}${quote})[A-Za-z0-9._~+/$:=-]{8,}`,
  // Matrix OpenID: 24 letters, under a name that any number of other things have too.
  String.raw`(?<=${quote}token${quote}\s{0,4}:\s{0,4}${quote})[A-Za-z]{24}(?=\\*["'&])`,
];

/** What nearly every line lacks: looked for first. */
const hint = /sy[trl]_|m(?:ct|cr|at|ar)_|xvY2F0aW9u|\$2[abxy]\$|[Bb]earer|_token|token\W|password_|_secret/;
const escaped = /\\u00([2-7][0-9A-Fa-f])/g;

export interface Suspect {
  readonly value: string;
  readonly at: number;
  readonly end: number;
}

/** Strings that look like a secret of a server: access tokens, macaroons, password hashes, values of fields named for one. */
export function suspectsIn(text: string): readonly Suspect[] {
  // No serialiser escapes a letter: who does it hides one.
  const plain = text.includes("\\u00") ? text.replace(escaped, (whole, code: string) => readable(whole, code)) : text;
  if (!hint.test(plain)) return [];
  const pattern = new RegExp(shapes.join("|"), "g");
  return [...plain.matchAll(pattern)].map((match) => ({ value: match[0], at: match.index, end: match.index + match[0].length }));
}

function readable(whole: string, code: string): string {
  const character = String.fromCharCode(Number.parseInt(code, 16));
  return character === '"' || character === "\\" ? whole : character;
}

const secretName = new RegExp(`^(?:${secretNames}|password|secret)$`);

/** Whether a column or field of this name may hold nothing. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}
