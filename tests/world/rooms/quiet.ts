import { picture } from "../picture.ts";
import type { Files, Room, Stage } from "../world.ts";

/** A direct chat with Mei: files of every sort, odd names included, and one upload that was never sent. */
export async function direct({ people, mark }: Stage): Promise<{ room: Room; files: Files }> {
  const { rosa, mei } = people;
  const id = await rosa.client.createRoom({ preset: "trusted_private_chat", is_direct: true, invite: [mei.mxid] });
  await mei.client.join(id);
  await rosa.client.accountData("m.direct", { [mei.mxid]: [id] });
  const text = (field: string, words: string) => new TextEncoder().encode(`${mark("rosa", field, words)}\n`);
  const send = async (msgtype: string, name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
    const fileName = mark("rosa", "file name", name);
    const url = await rosa.client.upload({ name: fileName, type, bytes });
    await rosa.client.send(id, "m.room.message", { msgtype, body: mark("rosa", "caption", "Have a look:"), filename: fileName, url, info: { mimetype: type, size: bytes.length } });
    return url;
  };
  const sent = [
    await send("m.image", "tomatoes, 3 July.png", "image/png", picture([220, 40, 30], [60, 160, 70], mark("rosa", "file content", "Tomatoes"))),
    await send("m.image", "花 and ورد.png", "image/png", picture([230, 120, 190], [90, 60, 160], mark("rosa", "file content", "Flowers"))),
    await send("m.file", "plot plan – “final” (2)?.txt", "text/plain", text("file content", "Plot 14: tomatoes north, beans south, gnome in exile.")),
    await send("m.file", "=SUM(A1:A9).csv", "text/csv", text("file content", "seed,price\nrunner bean,0.40")),
    await send("m.file", "../../shed/door.txt", "text/plain", text("file content", "The key is under the third pot. Do not tell the fox.")),
  ];
  const question = await mei.client.say(id, mark("mei", "message", "Is the gnome really in exile?"));
  await rosa.client.reply(id, question, mark("rosa", "reply", "He knows what he did."));
  await rosa.client.read(id, question, "m.read.private");
  const unsent = await rosa.client.upload({ name: mark("rosa", "file name", "poem, unfinished.txt"), type: "text/plain", bytes: text("file content", "O courgette, thou vessel of regret") });
  const avatar = await rosa.client.upload({ name: mark("rosa", "file name", "me in the hat.png"), type: "image/png", bytes: picture([90, 140, 220], [250, 220, 140], mark("rosa", "file content", "Hat")) });
  return { room: { id, name: "" }, files: { sent, unsent, avatar } };
}

/** An encrypted room: the server holds ciphertext only. */
export async function secret({ people, mark, landmarks }: Stage): Promise<Room> {
  const { rosa, tariq } = people;
  const name = mark("tariq", "room name", "Surprise for Ben", { fate: "label" });
  const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
  const id = await tariq.client.createRoom({ preset: "private_chat", name, invite: [rosa.mxid], initial_state: [encryption] });
  await rosa.client.join(id);
  for (const person of [rosa, tariq, rosa]) {
    landmarks.encrypted = await person.client.send(id, "m.room.encrypted", {
      algorithm: "m.megolm.v1.aes-sha2",
      ciphertext: mark(person.name, "ciphertext", "AwgAEnACgAkLmt6qF84IK"),
      sender_key: "RF3s+E7RkTQTGF2d8Deol0FkQvgII2aJDf3/Jp5mxVU",
      session_id: mark(person.name, "megolm session", "X3lUlvLELLYxeTx4yOVu6UDpasGEVO0Jbu+QFnm0cKQ"),
      device_id: person.client.deviceId,
    });
  }
  return { id, name };
}

/** A space of Rosa's with two rooms in it. */
export async function space({ people, mark }: Stage, children: readonly Room[]): Promise<Room> {
  const { rosa, ben } = people;
  const name = mark("rosa", "room name", "All of Elderflower", { fate: "label" });
  const id = await rosa.client.createRoom({ preset: "private_chat", name, invite: [ben.mxid], creation_content: { type: "m.space" } });
  for (const child of children) await rosa.client.state(id, "m.space.child", { via: [rosa.mxid.slice(rosa.mxid.indexOf(":") + 1)], suggested: true }, child.id);
  await ben.client.join(id);
  return { id, name };
}

/** A room Rosa has never seen. Nothing of it may ever reach her package. */
export async function elsewhere({ people, mark }: Stage): Promise<Room> {
  const { ben, mei, tariq, frida } = people;
  const name = mark("ben", "room name", "Rosa's birthday");
  const id = await ben.client.createRoom({ preset: "private_chat", name, topic: mark("ben", "topic", "Not a word to Rosa"), invite: [mei.mxid, tariq.mxid, frida.mxid] });
  await mei.client.join(id);
  await tariq.client.join(id);
  await frida.client.join(id);
  await ben.client.say(id, mark("ben", "message", `Rosa Lindqvist (${people.rosa.mxid}) turns forty on the ninth. Cake?`));
  await mei.client.say(id, mark("mei", "message", "Cake. And a new gnome."));
  await tariq.client.say(id, mark("tariq", "message", "I have embroidered a hat."));
  await frida.client.say(id, mark("frida", "message", "I know nothing and have seen nothing."));
  return { id, name };
}
