import { describe, expect, it } from "vitest";
import { type Change, csv, eventLine, type Files, judged, ndjson, packed } from "#tests/fixtures/gate-package.ts";

const letters = (length: number) => "aBcDeFgHiJkLmNoPqRsTuVwXyZ".repeat(3).slice(0, length);
/** Made here and not written out, so that nobody takes this file for a leak. */
const tokens: Readonly<Record<string, string>> = {
  "an access token": `syt_${Buffer.from("anna").toString("base64url")}_${letters(20)}_0aB1cD`,
  "a refresh token": `syr_${Buffer.from("anna").toString("base64url")}_${letters(20)}_0aB1cD`,
  "a login token": `syl_${letters(20)}_0aB1cD`,
  "an access token of the authentication service": `mat_${letters(30)}_0aB1cD`,
  "a token for older clients": `mct_${letters(30)}_0aB1cD`,
  "a refresh token for older clients": `mcr_${letters(30)}_0aB1cD`,
  "a macaroon": Buffer.from("0021location matrix.test.example\n0013identifier key\n").toString("base64url"),
  "a short macaroon": Buffer.from("0019location test.example\n0013identifier key\n").toString("base64url"),
  "a password hash": `$2${"b"}$12$${letters(53)}`,
  "a bearer": `Bearer ${letters(40)}`,
  "a named secret": `"client_secret": "${letters(12)}"`,
  "an OpenID token": `"token":"${letters(24)}"`,
};
const names = Object.keys(tokens);
const token = tokens["an access token"] ?? "";

const put = (name: string, text: string): Change => ({ files: (files: Files) => void (files[name] = text) });
const add = (name: string, text: string): Change => ({ files: (files: Files) => void (files[name] = `${String(files[name])}${text}`) });
const messages = (line: object | string): Change => ({ files: (files) => void (files["data/messages.ndjson"] = String(files["data/messages.ndjson"]).split("\n").with(1, ndjson(line).trimEnd()).join("\n")) });
const row = (body: string) => ({ "data/messages.csv": csv(["room_id", "body", "redacted", "event_id"],
  ["!a:test.example", "words 1", "", "$event1"], ["!a:test.example", body, "", "$event2"], ["!a:test.example", "", "self", "$gone"]) });

async function found(change: Change): Promise<string[]> {
  return (await judged(await packed(change))).findings.map(({ code, path, line }) => `${code} ${path}${line === undefined ? "" : `:${line}`}`);
}

describe("a secret in what the server wrote", () => {
  it.each(names)("%s, in an envelope, a column, a page or the viewer", async (name) => {
    const secret = tokens[name] ?? "";
    const inside = secret.startsWith('"') ? `{${secret}}` : JSON.stringify(secret);
    expect(await found(messages(JSON.stringify(eventLine(2)).replace('"outlier":false', `"note":${inside}`)))).toEqual(["token data/messages.ndjson:2"]);
    expect(await found(messages(JSON.stringify(eventLine(2)).replace('"event":{', `"event":{"unsigned":{"x":${inside}},`)))).toEqual(["token data/messages.ndjson:2"]);
    expect(await found(put("data/devices.csv", csv(["record", "device_id"], ["device", secret])))).toEqual(["token data/devices.csv:2"]);
    for (const file of ["index.html", "README.txt", "viewer/chunk-1.js", "datapackage.json"]) expect(await found(add(file, `\n<p>${secret}</p>`))).toEqual([`token ${file}`]);
    expect(await found(add("index.html", `<p>${secret.replaceAll('"', "&quot;")}</p>`))).toEqual(["token index.html"]);
  });

  it("behind an escape that no serialiser writes", async () => {
    expect(await found(put("data/devices.ndjson", `{"record":"device","device_id":"${token.replace("_", "\\u005f")}"}\n`))).toEqual(["token data/devices.ndjson:1"]);
  });

  it("in base 64", async () => {
    const coded = Buffer.from(token).toString("base64");
    expect(await found(put("data/devices.ndjson", ndjson({ record: "device", ip_base64: coded })))).toEqual(["token data/devices.ndjson:1"]);
  });

  it("at the end of a piece of a long file", async () => {
    for (const before of [65_530, 65_536, 65_540, 131_060]) {
      expect(await found(put("viewer/chunk-2.js", `${"x ".repeat(before / 2)}"${token}"${" y".repeat(40_000)}`))).toContain("token viewer/chunk-2.js");
    }
  });

  it.each(["access_token", "password_hash", "client_secret", "refresh_token"])("whatever it looks like, under the name %s", async (name) => {
    expect(await found(put("data/devices.ndjson", ndjson({ record: "device", [name]: "x" })))).toEqual(["secret_field data/devices.ndjson:1"]);
    expect(await found(put("data/devices.csv", csv(["record", name], ["device", "x"])))).toEqual(["secret_field data/devices.csv:2"]);
    expect(await found(put("data/devices.ndjson", ndjson({ record: "device", [name]: null })))).toEqual([]);
  });
});

describe("a secret in the person's own words", () => {
  it.each(names)("%s in a message, its row and its copies is their text", async (name) => {
    const secret = tokens[name] ?? "";
    const line = eventLine(2, { event: { content: { body: `look: ${secret}`, msgtype: "m.text" } } });
    const copies = (files: Files) => {
      messages(line).files?.(files);
      Object.assign(files, row(`look: ${secret}`));
      files["viewer/chunk-1.js"] = JSON.stringify({ content: { body: `look: ${secret}` } });
      files["index.html"] = `<p>look: ${secret.replaceAll('"', "&quot;")}</p>`;
    };
    expect(await found({ files: copies })).toEqual([]);
  });

  it("explains its own copies and no other string", async () => {
    const line = eventLine(2, { event: { content: { body: token } } });
    const other = token.replace("0aB1cD", "9zY8xW");
    expect(await found({ files: (files) => { messages(line).files?.(files); files["viewer/chunk-1.js"] = JSON.stringify(other); } })).toEqual(["token viewer/chunk-1.js"]);
    expect(await found({ files: (files) => { messages(line).files?.(files); Object.assign(files, row(other)); } })).toEqual(["token data/messages.csv:3"]);
  });

  it("excuses no column of the server's, not even for the same string", async () => {
    const line = eventLine(2, { event: { content: { body: token } } });
    expect(await found({ files: (files) => { messages(line).files?.(files); files["data/devices.csv"] = csv(["record", "device_id"], ["device", token]); } })).toEqual(["token data/devices.csv:2"]);
    expect(await found(messages({ ...line, device_id: token }))).toEqual(["token data/messages.ndjson:2"]);
  });

  it("in an event that travels in base 64", async () => {
    const { event, ...envelope } = eventLine(2, { event: { content: { body: token } } });
    const coded = (text: string) => ({ ...envelope, event_base64: Buffer.from(text).toString("base64") });
    expect(await found(messages(coded(JSON.stringify(event))))).toEqual([]);
    expect(await found(messages(coded(JSON.stringify({ ...event, unsigned: token }))))).toEqual(["token data/messages.ndjson:2"]);
  });
});

describe("what only resembles a secret", () => {
  it.each(["an event id $MDAxabcdefGHIJklmnopqrstuvwxyz0123456789ab", "the word access_token: none", "mat_small", "Bearer of good news", '"token": "short"', "$2b$ costs more"])("%s passes", async (text) => {
    expect(await found(put("README.txt", text))).toEqual([]);
    expect(await found(put("data/devices.ndjson", ndjson({ record: "device", device_id: text })))).toEqual([]);
  });
});

it("an event id that begins like a token in its middle is an event id", async () => {
  const id = "$B9J2ma__syr_Vth6YxCd5C1njFthqN4ZWjBWUiv5xok";
  const line = eventLine(2);
  expect(await found(messages(JSON.stringify(line).replace('"event":{', `"event":{"prev_events":["${id}"],`)))).toEqual([]);
  expect(await found(add("index.html", `<p>${id}</p>`))).toEqual([]);
});
