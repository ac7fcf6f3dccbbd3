/** Matrix IDs that a careless comparison takes for one another: case, LIKE, prefixes, Unicode twins, quotes, domains. */
export const nearlyTheSame: readonly (readonly string[])[] = [
  [
    "@Ann:example.org", "@ann:example.org", "@Ann:example.org.evil", "@Ann:example.orG", "@An:example.org", "@Annn:example.org", "@Ann%:example.org",
    "@A_n:example.org", "@A%:example.org", "@%:example.org", "@\u0410nn:example.org", "@Ann :example.org", "@Ann\u200b:example.org", "@Ann:example.org:8448",
    "@Ann:evil.example", "@:example.org",
  ],
  ["@Z\u00e9a:example.org", "@Ze\u0301a:example.org", "@Zea:example.org", "@Z\u00c9A:example.org", "@Z_a:example.org", "@z\u00e9a:example.org", "@Z\u00e9a:example.or", "@Z\u00e9a:evil.example", "@Z\u00e9a:example.org:8448"],
  [
    "@O'Neil \"Q\" \\ $1:example.org", "@O'Neil \"Q\" \\ $2:example.org", "@O''Neil \"Q\" \\ $1:example.org", "@o'neil \"q\" \\ $1:example.org", "@O'Neil \"Q\" \\\\ $1:example.org",
    "@O%Q%:example.org", "@a/b/../c:example.org", "@a/b:example.org", "@A/B:example.org", "@a/b:evil.example", "@O'Neil \"Q\" \\ $1:evil.example",
  ],
  ["@1:h", "@1:h2", "@1:", "@11:h", "@01:h", "@_:h", "@1\u0301:h", "@\u{1f99a}:h", "@\ufffd:h"],
];

/** The last one is of a room of version 12: no server in it. */
export const roomIds: readonly string[] = ["!r:example.org", "!R:example.org", "!r%:example.org", "!r:example.org2", "!_:example.org", "!V12hashWithoutServer"];

/** Pairs that differ by case alone. */
export const eventId = (number: number): string => (number % 2 === 0 ? `$e_${number}` : `$E_${number - 1}`);
