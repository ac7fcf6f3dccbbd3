import { expect, test } from "vitest";
import { managers, type RoomPower } from "#lib/erasure/power.ts";
import { creatorsStandAbove, isOld } from "#lib/erasure/room-version.ts";
import { risksOf } from "#lib/erasure/risks-of.ts";
import { staysOf } from "#lib/erasure/stays.ts";

const [ann, bob] = ["@ann:a.example", "@bob:b.example"];
const room = (levels: unknown, more: Partial<RoomPower> = {}): RoomPower => ({ version: "10", create: { sender: ann, content: {} }, levels, ...more });

test.each<[string, RoomPower, string[] | "everybody"]>([
  ["the usual room", room({ users: { [ann]: 100, [bob]: 50 }, events: { "m.room.power_levels": 100 }, state_default: 50 }), [ann]],
  ["no word on this event: the level of state", room({ users: { [ann]: 100, [bob]: 50 }, state_default: 50 }), [ann, bob]],
  ["no word at all: fifty", room({ users: { [ann]: 50, [bob]: 49 } }), [ann]],
  ["the room's usual level is enough", room({ users: {}, users_default: 60 }), "everybody"],
  ["no power levels at all", room(null), "everybody"],
  ["levels that are none", room("broken"), "everybody"],
  ["numbers as text, as old rooms have them", room({ users: { [ann]: "100", [bob]: " 7 " }, events: { "m.room.power_levels": "100" } }), [ann]],
  ["what is no number counts as the usual", room({ users: { [ann]: {}, [bob]: 100 }, users_default: 0 }), [bob]],
  ["state is for everybody", room({ users: { [ann]: 100 }, state_default: 0 }), "everybody"],
  ["a creator before version 12 has what is written", room({ users: { [bob]: 100 } }, { version: "11" }), [bob]],
  ["from version 12 on creators stand above", room({ users: { [bob]: 100 }, events: { "m.room.power_levels": 150 } }, { version: "12" }), [ann]],
  ["and so do those the creator named", room({ users: {} }, { version: "12", create: { sender: ann, content: { additional_creators: [bob, 7] } } }), [ann, bob]],
  ["in the proposal's own version too", room({ users: {} }, { version: "org.matrix.hydra.11" }), [ann]],
])("who can manage a room: %s", (_, given, expected) => {
  const { everybody, people } = managers(given);
  expect(everybody ? "everybody" : [...people].sort()).toEqual(expected);
});

test.each([["1", true], ["10", true], ["11", false], ["12", false], [null, true], ["org.matrix.msc3757.11", true], ["11beta", true], ["", true]] as const)("a room of version %s is old: %s", (version, old) => {
  expect(isOld(version)).toBe(old);
});

test("versions are no numbers to count up with", () => {
  expect(["12", "13", "11", "999999", "12a", null].map(creatorsStandAbove)).toEqual([true, true, false, false, false, false]);
});

test("others must depend on the account for a second operator", () => {
  const alone = { id: "!a", name: null, joined: 0 };
  expect(risksOf({ admin: false, appservice: null }, [alone])).toEqual([]);
  expect(risksOf({ admin: true, appservice: "irc" }, [{ ...alone, joined: 2 }])).toEqual(["admin", "appservice", "last_room_admin"]);
});

test("what stays is said only where there is something to stay", () => {
  const codes = (more: object) => staysOf({ copies: { homeservers: [], appservices: [], identityServers: [] }, events: {}, tooOldToRedact: null, ...more }).map(({ code }) => code);
  expect(codes({})).not.toEqual(expect.arrayContaining(["copies_homeservers"]));
  expect(codes({}).filter((code) => ["copies_homeservers", "copies_appservices", "messages", "too_old"].includes(code))).toEqual([]);
  expect(codes({ copies: { homeservers: ["a"], appservices: ["irc"], identityServers: [] }, events: { "m.room.message": 1 }, tooOldToRedact: 1 })).toEqual(expect.arrayContaining(["copies_homeservers", "copies_appservices", "messages", "too_old"]));
});
