import { describe, expect, test } from "vitest";
import { cutForeign, mayBeForeign } from "#lib/kinds/foreign.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");
const cut = (text: string) => {
  const done = cutForeign(bytes(text));
  return done && { text: done.bytes.toString("utf8"), paths: done.paths };
};

describe("an invite the subject sent", () => {
  const invite = '{"content":{"avatar_url":"mxc://a/b","displayname":"Mei 芽衣","membership":"invite","reason":"Bring the blue"},"sender":"@rosa:x","state_key":"@mei:x","type":"m.room.member"}';

  test("loses the name and picture the server added of whoever was invited, and nothing else", () => {
    expect(cut(invite)).toEqual({
      text: '{"content":{"membership":"invite","reason":"Bring the blue"},"sender":"@rosa:x","state_key":"@mei:x","type":"m.room.member"}',
      paths: ["content.avatar_url", "content.displayname"],
    });
  });

  test("is noticed among other bytes", () => {
    expect(mayBeForeign(bytes(`{"type":"m.room.message"}\n${invite}\n`))).toBe(true);
    expect(mayBeForeign(bytes('{"content":{"body":"a \\"m.room.member\\" event"},"type":"m.room.message"}\n'))).toBe(false);
  });
});

test("the subject's own name in their own membership stays", () => {
  const own = '{"content":{"displayname":"Rosa","membership":"join"},"sender":"@rosa:x","state_key":"@rosa:x","type":"m.room.member"}';
  expect(cut(own)).toEqual({ text: own, paths: [] });
});

test("a second type or state_key cannot hide an invite", () => {
  const twice = '{"type":"m.room.member","content":{"displayname":"Mei"},"sender":"@rosa:x","state_key":"@mei:x","state_key":"@rosa:x","type":"m.room.message"}';
  expect(cut(twice)?.paths).toEqual(["content.displayname"]);
});
