import type { FakeEraser } from "#tests/fakes/eraser.ts";

export const bea = "@bea:test.example";
export const far = "@eve:far.example";

/** Rooms of all sorts: joined with others, old and alone in it, left, invited, knocked at, banned from. */
export function richAccount(eraser: FakeEraser, mxid: string, small: boolean): void {
  eraser.addPerson(mxid, { displayName: "Rosa", mails: ["rosa@example.org"] });
  eraser.addPerson(bea);
  const rooms = { garden: "12", old: "9", left: "10", invited: "12", knocked: "12", banned: "11" } as const;
  for (const [name, version] of Object.entries(rooms)) eraser.addRoom(name, { version });
  const at = (name: keyof typeof rooms) => `!${name}:test.example`;
  for (const name of ["garden", "left", "invited", "knocked", "banned"] as const) eraser.setMembership(bea, at(name), "join");
  eraser.setMembership(far, at("old"), "join");
  for (const name of ["garden", "old", "left", "banned"] as const) eraser.setMembership(mxid, at(name), "join", { displayname: "Rosa" });
  for (const name of ["garden", "old", "left", "banned"] as const) for (let n = 0; n < (small ? 1 : 3); n += 1) eraser.say(mxid, at(name));
  eraser.say(bea, at("garden"));
  for (const type of ["m.reaction", "m.sticker", "org.example.custom"]) eraser.say(mxid, at("garden"), type);
  eraser.say(mxid, at("garden"), "m.room.topic", { topic: "Rosa's" }, "");
  eraser.say(mxid, at("old"), "m.room.create", { creator: mxid }, "");
  eraser.say(mxid, at("left"), "m.reaction");
  eraser.setMembership(mxid, at("left"), "leave");
  eraser.setMembership(mxid, at("invited"), "invite", {}, bea);
  eraser.setMembership(mxid, at("knocked"), "knock");
  eraser.setMembership(mxid, at("banned"), "ban", {}, bea);
  eraser.addMedia(mxid, small ? 2 : 250);
  eraser.addDevices(mxid, 2);
  eraser.addDelayed(mxid, 2);
  eraser.addIdentities(mxid, 2);
}
