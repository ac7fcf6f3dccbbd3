import type { Room, RoomName, Stage } from "../world.ts";

type Doors = Record<Extract<RoomName, "left" | "forgotten" | "invitedTo" | "declined" | "inviting" | "knocked" | "kicked" | "banned">, Room>;

/** Rooms told apart by how Rosa got out of them, or has not got in. */
export async function doors(stage: Stage): Promise<Doors> {
  const { people, mark, landmarks } = stage;
  const { rosa, ben, mei, tariq, otto } = people;
  const found = async (founder: (typeof people)["ben"], title: string, options: Record<string, unknown> = {}) => {
    const name = mark(founder.name, "room name", title, { fate: "label" });
    return { name, id: await founder.client.createRoom({ preset: "public_chat", name, topic: mark(founder.name, "topic", "About this and that"), ...options }) };
  };

  const leave = async () => {
    const room = await found(otto, "Compost quarrels", { room_version: "9" });
    await rosa.client.join(room.id);
    await rosa.client.say(room.id, mark("rosa", "message", "Banana skins are fine. I have read a whole book about it."));
    await otto.client.say(room.id, mark("otto", "message", "A book! By whom? A banana?"));
    await rosa.client.leave(room.id, mark("rosa", "leave reason", "Life is short and compost is patient"));
    landmarks.afterLeaving = await otto.client.say(room.id, mark("otto", "message", "And she is gone. Typical of plot fourteen."));
    return room;
  };
  const forget = async () => {
    const room = await found(tariq, "Spring raffle");
    await rosa.client.join(room.id);
    await rosa.client.say(room.id, mark("rosa", "message", "Three tickets please, and may the watering can be mine."));
    await tariq.client.say(room.id, mark("tariq", "message", "The watering can went to Otto. I am so sorry."));
    await rosa.client.leave(room.id);
    await rosa.client.forget(room.id);
    return room;
  };
  const invitedTo = async () => {
    const room = await found(tariq, "Winter market", { preset: "private_chat" });
    await tariq.client.invite(room.id, rosa.mxid, mark("tariq", "invite reason", "We need your jam", { concerns: "rosa" }));
    await tariq.client.say(room.id, mark("tariq", "message", "If Rosa brings jam we open with a queue."));
    return room;
  };
  const declined = async () => {
    const room = await found(otto, "Fence fund", { preset: "private_chat", invite: [rosa.mxid] });
    await rosa.client.leave(room.id, mark("rosa", "decline reason", "I like the fox"));
    return room;
  };
  const inviting = async () => {
    const room = await found(rosa, "Bench painting", { preset: "private_chat" });
    await rosa.client.invite(room.id, mei.mxid, mark("rosa", "invite reason", "Bring the blue", { concerns: "mei" }));
    return room;
  };
  const knocked = async () => {
    const join = { type: "m.room.join_rules", state_key: "", content: { join_rule: "knock" } };
    const room = await found(ben, "Beekeepers' circle", { preset: "private_chat", initial_state: [join] });
    await rosa.client.knock(room.id, mark("rosa", "knock reason", "I was stung twice and did not complain"));
    await ben.client.say(room.id, mark("ben", "message", "Twice is nothing. Let us discuss it."));
    return room;
  };
  const kicked = async () => {
    const room = await found(otto, "Tool shed rota");
    await rosa.client.join(room.id);
    await rosa.client.say(room.id, mark("rosa", "message", "I had the good spade on Tuesday and I am not sorry."));
    await otto.client.kick(room.id, rosa.mxid, mark("otto", "kick reason", "The good spade is mine", { concerns: "rosa" }));
    await otto.client.say(room.id, mark("otto", "message", "Order is restored."));
    return room;
  };
  const banned = async () => {
    const room = await found(otto, "Silent pond");
    await rosa.client.join(room.id);
    await rosa.client.say(room.id, mark("rosa", "message", "Hello, frogs!"));
    await otto.client.ban(room.id, rosa.mxid, mark("otto", "ban reason", "Spoke at the silent pond", { concerns: "rosa" }));
    return room;
  };
  const [a, b, c, d, e, f, g, h] = await Promise.all([leave(), forget(), invitedTo(), declined(), inviting(), knocked(), kicked(), banned()]);
  return { left: a, forgotten: b, invitedTo: c, declined: d, inviting: e, knocked: f, kicked: g, banned: h };
}
