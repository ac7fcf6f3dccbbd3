import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { stack } from "#tests/e2e/facts.ts";
import { logIn } from "#tests/world/client.ts";
import { waitFor } from "#tests/world/wait.ts";

interface Timeline {
  readonly rooms?: { readonly join?: Record<string, { readonly timeline: { readonly events: readonly RoomEvent[] } }> };
}
interface RoomEvent {
  readonly type: string;
  readonly sender: string;
  readonly event_id: string;
  readonly content: { readonly body?: string; readonly msgtype?: string };
}

/** Bodies of the server notices as an app of the person shows them, oldest first. */
export async function noticesOf(person: { readonly mxid: string; readonly password: string }): Promise<string[]> {
  const { homeserverUrl, serverName } = stack();
  const client = await logIn(homeserverUrl, person.mxid, person.password, { name: "reads its notices" });
  const filter = JSON.stringify({ room: { timeline: { limit: 50, types: ["m.room.message"], senders: [`@notices:${serverName}`] } } });
  const sync = await client.call<Timeline>("GET", `/_matrix/client/v3/sync?${new URLSearchParams({ filter })}`);
  await client.call("POST", "/_matrix/client/v3/logout", {});
  return Object.values(sync.rooms?.join ?? {}).flatMap((room) => room.timeline.events.map((event) => event.content.body ?? ""));
}

/** Letters to an address, oldest first. */
export async function mailsTo(address: string): Promise<Email[]> {
  const { mailFolder } = stack();
  const names = (await readdir(mailFolder)).sort();
  const mails = await Promise.all(names.map(async (name) => PostalMime.parse(await readFile(path.join(mailFolder, name)))));
  return mails.filter((mail) => mail.to?.some((to) => to.address === address));
}

export async function mailAbout(address: string, subject: string): Promise<Email> {
  const mail = await waitFor(`the mail "${subject}"`, async () => (await mailsTo(address)).find((one) => one.subject === subject));
  if (!mail) throw new Error("no mail");
  return mail;
}

/** The code in a letter or notice: two groups of four. */
export function codeIn(text: string): string {
  const code = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/g;
  const found = text.match(code) ?? [];
  // The request's reference has the same form and stands in every letter: the code is the other one.
  const reference = /request ([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text)?.[1];
  const [other] = found.filter((one) => one !== reference);
  if (!other) throw new Error("no code in the text");
  return other;
}
