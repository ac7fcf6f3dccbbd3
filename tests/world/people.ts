import type { Admin } from "./admin.ts";
import type { Mark } from "./canary.ts";
import { firstUserAgent } from "./belongings.ts";
import { logIn } from "./client.ts";
import { type CastName, type People, type Person, cast } from "./world.ts";

/** One password for everybody: the world is for trying out. */
export const password = "elderflower";

type Register = (user: { name: string; password: string; admin: boolean; displayName: string }) => Promise<{ mxid: string }>;

/** Registers the cast; each comes with a first device, and with a verified mail address where the story gives one. */
export async function gatherPeople(baseUrl: string, register: Register, admin: Admin, mark: Mark): Promise<People> {
  const gather = async (name: CastName): Promise<[CastName, Person]> => {
    const displayName = mark(name, "display name", cast[name].name);
    const { mxid } = await register({ name, password, admin: false, displayName });
    const client = await logIn(baseUrl, mxid, password, { name: "phone", userAgent: mark(name, "user agent", firstUserAgent(name)) });
    const mail = cast[name].mail;
    if (mail) await admin.setMail(mxid, mail);
    return [name, { name, mxid, password, displayName, mail, client }];
  };
  const names = Object.keys(cast) as CastName[];
  return Object.fromEntries(await Promise.all(names.map(gather))) as Record<CastName, Person>;
}
