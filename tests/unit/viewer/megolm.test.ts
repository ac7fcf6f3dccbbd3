import { DecryptionSettings, DeviceId, OlmMachine, RoomId, TrustRequirement, UserId } from "@matrix-org/matrix-sdk-crypto-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { fromBase64, toBase64 } from "#lib/viewer/page/megolm/base64.ts";
import { derive } from "#lib/viewer/page/megolm/derive.ts";
import { openKeyFile } from "#lib/viewer/page/megolm/key-file.ts";
import { makeKeyring } from "#lib/viewer/page/megolm/keyring.ts";
import { turned } from "#lib/viewer/page/megolm/ratchet.ts";
import { readSession } from "#lib/viewer/page/megolm/session.ts";
import { type EncryptedRoom, encryptRoom } from "#tests/fixtures/megolm.ts";

const roomId = "!secret:test.example";
let room: EncryptedRoom;
let other: EncryptedRoom;
beforeAll(async () => {
  room = await encryptRoom(roomId, Array.from({ length: 320 }, (_, n) => ({ msgtype: "m.text", body: `word ${n} 名` })));
  other = await encryptRoom("!other:test.example", [{ msgtype: "m.text", body: "elsewhere" }]);
});

const at = (n: number) => room.encrypted[n] ?? { algorithm: "", session_id: "", ciphertext: "" };
const bodyOf = (opened: ReturnType<ReturnType<typeof makeKeyring>["open"]>) =>
  "locked" in opened ? opened.locked : (JSON.parse(opened.plaintext) as { content: { body: string } }).content.body;

/** The session exported from message `index` on. */
function exportedFrom(index: number): string {
  const [entry] = JSON.parse(room.exported) as { session_id: string; session_key: string }[];
  const session = readSession(entry?.session_id ?? "", entry?.session_key ?? "");
  if (!entry || !session) throw new Error("no session");
  const { parts } = turned(session.first, index);
  const bytes = new Uint8Array([1, 0, 0, index >> 8, index & 255, ...parts.flatMap((part) => [...part]), ...session.signer]);
  return JSON.stringify([{ ...entry, session_key: toBase64(bytes) }]);
}

describe("a key file of a real app", () => {
  it("opens with its passphrase and with no other", async () => {
    const file = room.keyFile("correct horse 🐎");
    expect(await openKeyFile(file, "correct horse 🐎")).toEqual({ json: room.exported });
    expect(await openKeyFile(file, "correct horse")).toEqual({ problem: "wrong_passphrase" });
    expect(await openKeyFile(file.replaceAll("\n", "\r\n"), "correct horse 🐎")).toEqual({ json: room.exported });
  });

  it.each([
    ["is some other file", "hello"],
    ["is empty between its lines", "-----BEGIN MEGOLM SESSION DATA-----\n\n-----END MEGOLM SESSION DATA-----"],
    ["is no base 64", "-----BEGIN MEGOLM SESSION DATA-----\n!!!!\n-----END MEGOLM SESSION DATA-----"],
    ["has its ends swapped", "-----END MEGOLM SESSION DATA-----\n-----BEGIN MEGOLM SESSION DATA-----"],
    ["asks for four billion rounds", `-----BEGIN MEGOLM SESSION DATA-----\n${btoa(`\x01${"s".repeat(32)}\xff\xff\xff\xff${"x".repeat(60)}`)}\n-----END MEGOLM SESSION DATA-----`],
  ])("that %s is told apart", async (_name, file) => {
    expect(await openKeyFile(file, "x")).toEqual({ problem: "not_a_key_file" });
  });

  it("that was changed does not open", async () => {
    const file = room.keyFile("x");
    const changed = `${file.slice(0, 200)}${file[200] === "A" ? "B" : "A"}${file.slice(201)}`;
    expect(await openKeyFile(changed, "x")).toEqual({ problem: "wrong_passphrase" });
  });

  it("is opened the same without the browser's cryptography", async () => {
    const salt = new Uint8Array(16).fill(7);
    expect(await derive("pass", salt, 1000, undefined)).toEqual(await derive("pass", salt, 1000));
  });
});

describe("messages encrypted by a real app", () => {
  it("open, in any order, also 300 further on", () => {
    const keys = makeKeyring(room.exported);
    expect(keys.sessions).toBe(1);
    for (const n of [0, 319, 5, 256, 255, 257, 300, 1]) expect(bodyOf(keys.open(roomId, at(n)))).toBe(`word ${n} 名`);
  });

  it("stay closed without their session, before its first message, or when they speak another language", () => {
    expect(bodyOf(makeKeyring(other.exported).open(roomId, at(0)))).toBe("no_key");
    const late = makeKeyring(exportedFrom(300));
    expect(bodyOf(late.open(roomId, at(299)))).toBe("too_early");
    expect(bodyOf(late.open(roomId, at(310)))).toBe("word 310 名");
    expect(bodyOf(late.open(roomId, { ...at(310), algorithm: "m.megolm.v2" }))).toBe("unknown_method");
    expect(bodyOf(late.open(roomId, { ...at(310), ciphertext: 5 }))).toBe("damaged");
  });

  it("are refused when a single bit of any part was changed, or when they come from another room", () => {
    const keys = makeKeyring(room.exported);
    const bytes = fromBase64(at(3).ciphertext);
    for (const place of [0, 2, 5, 20, bytes.length - 70, bytes.length - 1]) {
      const changed = bytes.slice();
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(bodyOf(keys.open(roomId, { ...at(3), ciphertext: toBase64(changed) }))).toMatch(/damaged|too_early/);
    }
    expect(bodyOf(keys.open(roomId, { ...at(3), ciphertext: toBase64(bytes.slice(0, 40)) }))).toBe("damaged");
    const moved = JSON.stringify((JSON.parse(room.exported) as object[]).map((entry) => ({ ...entry, room_id: "!elsewhere:test.example" })));
    expect(bodyOf(makeKeyring(moved).open("!elsewhere:test.example", at(3)))).toBe("damaged");
  });

  it("agree with the app about the ratchet: what we turned on, it reads", async () => {
    const machine = await OlmMachine.initialize(new UserId("@bert:test.example"), new DeviceId("OTHER"));
    await machine.importExportedRoomKeys(exportedFrom(300), () => undefined);
    const read = async (n: number) => {
      const event = { type: "m.room.encrypted", event_id: `$${n}`, sender: "@anna:test.example", origin_server_ts: 1, room_id: roomId, content: at(n), unsigned: {} };
      const { event: opened } = await machine.decryptRoomEvent(JSON.stringify(event), new RoomId(roomId), new DecryptionSettings(TrustRequirement.Untrusted));
      return (JSON.parse(opened) as { content: { body: string } }).content.body;
    };
    expect(await read(319)).toBe("word 319 名");
    await expect(read(299)).rejects.toBeDefined();
    machine.close();
  });
});

describe("a list of keys", () => {
  it("leaves out what makes no sense, and keeps the session that reaches further back", () => {
    for (const json of ["", "null", "{}", "[1, null, {}]"]) expect(makeKeyring(json).sessions).toBe(0);
    const [entry] = JSON.parse(room.exported) as { session_id: string }[];
    expect(makeKeyring(JSON.stringify([{ ...entry, session_id: "another" }])).sessions).toBe(0);
    const both = JSON.stringify([...(JSON.parse(exportedFrom(300)) as object[]), entry]);
    expect(bodyOf(makeKeyring(both).open(roomId, at(2)))).toBe("word 2 名");
  });
});
