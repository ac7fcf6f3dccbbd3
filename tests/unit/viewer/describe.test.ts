import { describe as suite, expect, it } from "vitest";
import { readEvent } from "#lib/viewer/page/event.ts";
import { attachmentOf } from "#lib/viewer/page/shown/attachment.ts";
import { describe } from "#lib/viewer/page/shown/describe.ts";
import { saysDeactivated } from "#lib/viewer/page/shown/membership.ts";
import { textOf } from "#lib/viewer/page/shown/text-of.ts";

const anna = "@anna:test.example";
const event = (given: object) => readEvent(JSON.stringify({ event_id: "$a", room_id: "!a:x", type: "m.room.message", sender: anna, origin_server_ts: 5, content: {}, ...given }), null);
const shown = (given: object, known: readonly string[] = []) => describe(event(given), (id) => known.includes(id), (at) => `at ${at}`);

suite("MSC3759: an account that was deactivated", () => {
  const leave = (mark: object, given: object = {}) => shown({ type: "m.room.member", state_key: anna, content: { membership: "leave", ...mark }, ...given }).label;
  it.each(["m.deactivated", "org.matrix.msc3759.deactivated"])("is labelled by %s where the one who left says so", (key) => {
    expect(leave({ [key]: true })).toBe("member.deactivated");
  });
  it("is judged by sender and state key whoever asks", () => {
    const given = { type: "m.room.member", content: { membership: "leave", "m.deactivated": true } };
    expect(saysDeactivated(event({ ...given, state_key: anna }))).toBe(true);
    expect(saysDeactivated(event({ ...given, state_key: "@bert:test.example" }))).toBe(false);
    expect(saysDeactivated(event(given))).toBe(false);
  });
  it("is not believed of anybody else, nor without a plain true, nor elsewhere than in a leave", () => {
    expect(leave({ "m.deactivated": true }, { state_key: "@bert:test.example" })).toBe("member.kick");
    expect(leave({ "m.deactivated": true }, { sender: "@mallory:x", state_key: anna })).toBe("member.kick");
    expect(leave({ "m.deactivated": "true" })).toBe("member.leave");
    expect(shown({ type: "m.room.member", state_key: anna, content: { membership: "ban", "m.deactivated": true } }).label).toBe("member.ban");
  });
});

suite("an event in words", () => {
  it.each([
    [{ unsigned: { redacted: { by: "self", at: 7 } } }, "show.deletedSelf"],
    [{ unsigned: { redacted: { by: "other", at: 7 } } }, "show.deletedOther"],
    [{ unsigned: { redacted: { by: null, at: 7 } } }, "show.deleted"],
    [{ unsigned: { redacted: { by: null, at: null } } }, "show.deletedSometime"],
    [{ unsigned: { unreadable: true } }, "show.unreadable"],
    [{ type: "m.room.encrypted" }, "locked.none"],
    [{ type: "m.reaction", content: { "m.relates_to": { event_id: "$x", key: "👍" } } }, "show.reaction"],
    [{ type: "m.reaction", content: { "m.relates_to": { event_id: "$mine", key: "👍" } } }, "show.reactionOwn"],
    [{ content: { body: "x", "m.relates_to": { "m.in_reply_to": { event_id: "$x" } } } }, "show.reply"],
    [{ content: { body: "x", "m.relates_to": { "m.in_reply_to": { event_id: "$mine" } } } }, "show.replyOwn"],
    [{ content: { body: "x", "m.relates_to": { rel_type: "m.thread", event_id: "$t", is_falling_back: true, "m.in_reply_to": { event_id: "$x" } } } }, null],
    [{ content: { body: "* x", "m.new_content": { body: "y" }, "m.relates_to": { rel_type: "m.replace", event_id: "$x" } } }, "show.editLost"],
    [{ type: "m.room.redaction", content: { redacts: "$mine" } }, "show.deletion"],
    [{ type: "m.room.member", state_key: anna, content: { membership: "join" } }, "member.join"],
    [{ type: "m.room.member", state_key: anna, content: { membership: "join", displayname: "A" }, unsigned: { replaces_state: "$o" } }, "member.rejoinAs"],
    [{ type: "m.room.member", state_key: "@b:x", content: { membership: "invite" } }, "member.invite"],
    [{ type: "m.room.join_rules", state_key: "", content: { join_rule: "public" } }, "state.join_rules"],
    [{ type: "m.room.join_rules", state_key: "", content: { join_rule: 5 } }, "state.other"],
    [{ type: "constructor", state_key: "", content: {} }, "state.other"],
    [{ type: "org.example.thing", content: {} }, "show.unknown"],
    [{ content: null }, "show.empty"],
    [{ content: "text" }, "show.empty"],
  ] as const)("%j is %s", (given, label) => {
    expect(shown(given, ["$mine"]).label).toBe(label);
  });

  it("gives the new text of an edit, and leaves out what somebody else wrote", () => {
    expect(textOf(event({ content: { body: "* x", "m.new_content": { body: "y" }, "m.relates_to": { rel_type: "m.replace", event_id: "$x" } } }))).toBe("y");
    expect(textOf(event({ content: { body: "> <@b:x> hers\n> too\n\nmine", "m.relates_to": { "m.in_reply_to": { event_id: "$x" } } } }))).toBe("mine");
    expect(textOf(event({ content: { body: "> mine, with a sign", formatted_body: "<b>x</b>" } }))).toBe("> mine, with a sign");
  });
});

suite("a file", () => {
  const held = (path: string) => () => ({ path, type: null, bytes: 1 });
  const file = (content: object, path = "data/media/000001.png") => attachmentOf(event({ content }), held(path));
  it("is shown only where the package's own name for it says that it is a picture, a film or a sound", () => {
    expect(file({ msgtype: "m.image", url: "mxc://x/y", info: { mimetype: "image/png" } })?.as).toBe("image");
    expect(file({ msgtype: "m.image", url: "mxc://x/y", info: { mimetype: "image/png" } }, "data/media/000001.bin")?.as).toBe("link");
    expect(file({ msgtype: "m.file", url: "mxc://x/y" }, "data/media/000001.pdf")?.as).toBe("link");
    expect(file({ msgtype: "m.audio", url: "mxc://x/y", "org.matrix.msc3245.voice": {} }, "data/media/000001.ogg")).toMatchObject({ as: "audio", sort: "voice" });
    expect(file({ msgtype: "m.video", url: "mxc://x/y" }, "data/media/000001.mp4")?.as).toBe("video");
  });
  it("that was encrypted is named, and a size nobody takes pictures in is none", () => {
    expect(file({ msgtype: "m.image", file: { url: "mxc://x/y" } })).toMatchObject({ encrypted: true, as: "link" });
    expect(file({ msgtype: "m.image", url: "mxc://x/y", info: { w: 1e9, h: "2" } })).toMatchObject({ width: null, height: null });
    expect(attachmentOf(event({ content: { msgtype: "m.image", url: "mxc://x/other" } }), () => null)?.path).toBeNull();
    expect(file({ msgtype: "constructor" })).toBeNull();
  });
});
