import { picture } from "../picture.ts";
import type { Room, Stage } from "../world.ts";

/** The public room everybody is in: talk, edits, reactions, threads, redactions both ways. */
export async function garden({ people, mark, landmarks }: Stage): Promise<Room> {
  const { rosa, ben, mei, tariq, otto, lena, gus, frida } = people;
  const name = mark("ben", "room name", "Elderflower Lane", { fate: "label" });
  const id = await ben.client.createRoom({
    preset: "public_chat",
    visibility: "public",
    room_alias_name: "elderflower-lane",
    power_level_content_override: { invite: 0 },
    name,
    topic: mark("ben", "topic", "The community garden behind the old tram depot. Water before nine, please."),
  });
  for (const person of [rosa, mei, tariq, otto, lena, gus]) await person.client.join(id);
  const say = (who: (typeof people)[keyof typeof people], text: string) => who.client.say(id, mark(who.name, "message", text));

  const welcome = await say(ben, "Morning all! The water butts are full and the bees are in a forgiving mood.");
  landmarks.othersMessage = welcome;
  landmarks.firstMessage = await say(rosa, "Good morning! Plot 14 reporting. Somebody has been singing to my tomatoes and it is working.");
  await mei.client.reply(id, landmarks.firstMessage, mark("mei", "message", "That was me. They like the slow songs best."));
  await rosa.client.react(id, welcome, "🐝");
  await ben.client.react(id, landmarks.firstMessage, "🍅");

  landmarks.edited = await say(rosa, "The seed swap is on Saturday at three.");
  await rosa.client.edit(id, landmarks.edited, mark("rosa", "edit", "The seed swap is on SUNDAY at three. Sorry, Saturday me was wrong."));
  await say(tariq, "Sunday it is. I have runner beans to give away and strong opinions about mint.");
  await rosa.client.reply(id, welcome, mark("rosa", "reply", "Tell the bees I said hello. And sorry about the lavender."));

  landmarks.threadRoot = await say(mei, "Thread: what do we do about the fox?");
  await rosa.client.inThread(id, landmarks.threadRoot, mark("rosa", "thread message", "Leave her be. She only takes the strawberries that were going soft anyway."));
  await otto.client.inThread(id, landmarks.threadRoot, mark("otto", "thread message", "A taller fence. Two metres. With a sign."));
  await rosa.client.inThread(id, landmarks.threadRoot, mark("rosa", "thread message", "Otto, foxes can't read."));

  landmarks.redactedBySelf = await rosa.client.say(id, mark("rosa", "message", "Honestly, Otto's hedge looks like a wet badger.", { fate: "gone" }));
  await rosa.client.redact(id, landmarks.redactedBySelf, mark("rosa", "redaction reason", "That was unkind of me"));
  landmarks.redactedByOther = await rosa.client.say(id, mark("rosa", "message", "The gate code is 4711 for anyone who forgot!", { fate: "gone" }));
  await ben.client.redact(id, landmarks.redactedByOther, mark("ben", "redaction reason", "No gate codes in a public room, Rosa!"));
  await say(rosa, "Oops. Thank you Ben. I shall change the code and whisper it to people one by one.");

  const url = await mei.client.upload({ name: mark("mei", "file name", "bees at noon.png"), type: "image/png", bytes: picture([250, 200, 60], [120, 80, 20], mark("mei", "file content", "Bees")) });
  await mei.client.send(id, "m.room.message", { msgtype: "m.image", body: mark("mei", "message", "Bees at noon"), url, info: { mimetype: "image/png", w: 96, h: 96 } });
  landmarks.reported = await say(otto, "Whoever moved my wheelbarrow will find their radishes UPSIDE DOWN tomorrow.");
  await say(rosa, "It was the wind, Otto. The wind and a slight slope.");
  await rosa.client.say(id, mark("rosa", "emote", "waters plot 14 with great dignity"), { msgtype: "m.emote" });
  await rosa.client.say(id, mark("rosa", "formatted message", "Reminder: compost is for plants, not pizza."), {
    format: "org.matrix.custom.html",
    formatted_body: mark("rosa", "formatted body", "Reminder: compost is for <strong>plants</strong>, not <em>pizza</em>."),
  });
  await say(lena, "Does anyone have a spare key for the shed?");
  await say(gus, "Moving north next week. Thank you for three good summers, all of you.");
  const last = await say(rosa, "We'll miss you, Gus. Your courgettes were a public danger.");
  // An invitation carries the other's display name and the room's name and topic, none of them Rosa's words.
  await rosa.client.invite(id, frida.mxid, mark("rosa", "invite reason", "The privacy office needs fresh air too"));
  await ben.client.markRead(id, last);
  await rosa.client.markRead(id, last);
  return { id, name };
}
