import type { DemoOptions } from "./options.ts";
import { serverName } from "./town.ts";
import { password } from "#tests/world/people.ts";
import { cast, type CastName } from "#tests/world/world.ts";

const worthTrying: Record<CastName, string> = {
  rosa: "ask for a copy of her data; the code comes by mail and as a server notice",
  frida: "the data-protection officer: decide Rosa's request at the desk",
  ben: "a friend, and the second operator: see that nothing of his is in Rosa's package, and nothing of hers in his",
  mei: "has no mail address: her code comes as a server notice only",
  tariq: "a name in Arabic and English, for the documents",
  otto: "suspended: may still use every right here",
  lena: "locked: is told why she cannot sign in and whom to write to",
  gus: "deactivated: cannot sign in any more",
};

/** What to open, who to be, what to try. */
export function guide(ports: DemoOptions["ports"], seconds: number): string {
  const order: CastName[] = ["rosa", "frida", "ben", "mei", "tariq", "otto", "lena", "gus"];
  const people = order.map((name) => `    ${name.padEnd(6)} ${cast[name].name.padEnd(20)} ${worthTrying[name]}`);
  return [
    "",
    `Ready after ${seconds.toFixed(1)} seconds. Ctrl-C ends all of it; the next start takes seconds.`,
    "",
    `    Portal      http://localhost:${ports.portal}`,
    `    Mail        http://localhost:${ports.mail}   (letters and server notices)`,
    `    Homeserver  http://localhost:${ports.homeserver}   (for a Matrix client, if you want to look around)`,
    "",
    `Sign in with one of these names (as @name:${serverName} or just the name). Everybody's password is "${password}".`,
    "",
    ...people,
    "",
    "The main road: sign in as rosa, ask for a copy, take the code from the mail page, sign in as frida in a private window,",
    "approve, and let rosa download the package. Open index.html in it first.",
    "",
    "The other road: sign in as rosa, delete my account, look at the numbers, ask, type the code. Agree as frida, and where two must agree",
    "as ben too; take reference and recovery code from the mail page and stop it at /stop, signed out.",
    "",
  ].join("\n");
}
