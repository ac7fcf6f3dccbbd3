import type { Room, Stage } from "../world.ts";

/** A private room of Rosa's own: state events, polls, a sticker, location, an invite and a kick made by her. */
export async function committee({ people, mark }: Stage): Promise<Room> {
  const { rosa, ben, mei, otto } = people;
  const name = mark("rosa", "room name", "Garden committee", { fate: "label" });
  const id = await rosa.client.createRoom({ preset: "private_chat", name, topic: mark("rosa", "topic", "Minutes, money and mulch"), invite: [ben.mxid] });
  await ben.client.join(id);
  await rosa.client.invite(id, mei.mxid, mark("rosa", "invite reason", "We need your eye for the leaflet"));
  await mei.client.join(id);
  await rosa.client.invite(id, otto.mxid);
  await otto.client.join(id);
  const ours = (text: string) => rosa.client.say(id, mark("rosa", "message", text));

  await ours("Agenda: (1) the leaking tap, (2) the hosepipe rota, (3) who ate the committee biscuits.");
  await ben.client.say(id, mark("ben", "message", "Regarding (3), I plead the bees."));
  const poll = await rosa.client.send(id, "m.poll.start", {
    "m.poll": {
      kind: "m.disclosed",
      max_selections: 1,
      question: { "m.text": [{ body: mark("rosa", "poll question", "Repair the tap ourselves?") }] },
      answers: [
        { "m.id": "yes", "m.text": [{ body: mark("rosa", "poll answer", "Yes, with gusto") }] },
        { "m.id": "no", "m.text": [{ body: "No, call a plumber" }] },
      ],
    },
    "m.text": [{ body: mark("rosa", "poll text", "Poll: repair the tap ourselves?") }],
  });
  await mei.client.send(id, "m.poll.response", { "m.relates_to": { rel_type: "m.reference", event_id: poll }, "m.selections": ["no"] });
  await rosa.client.send(id, "m.poll.response", { "m.relates_to": { rel_type: "m.reference", event_id: poll }, "m.selections": ["yes"] });
  await rosa.client.send(id, "m.location", { body: mark("rosa", "location", "The leaking tap, behind the third willow"), geo_uri: "geo:59.3293,18.0686;u=12" });
  await rosa.client.state(id, "m.room.topic", { topic: mark("rosa", "topic", "Minutes, money, mulch, and now plumbing") });
  await otto.client.say(id, mark("otto", "message", "I move that all meetings be held at six in the morning."));
  await rosa.client.kick(id, otto.mxid, mark("rosa", "kick reason", "Only until the biscuit inquiry is closed", { concerns: "otto" }));
  await ours("Minutes: the tap stays leaky for one more week. Biscuits: unresolved.");
  return { id, name };
}
