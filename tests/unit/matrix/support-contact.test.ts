import { afterEach, beforeEach, expect, it } from "vitest";
import { openSafeFetch } from "#lib/matrix/safe-fetch.ts";
import { findContact } from "#lib/matrix/support-contact.ts";
import { json, type Reply } from "#tests/fakes/faulty-server.ts";
import { startInternet, type FakeInternet } from "#tests/fakes/internet.ts";

let internet: FakeInternet;
beforeEach(async () => {
  internet = await startInternet(["far.example"]);
  internet.name("far.example", ["8.8.8.8"]);
});
afterEach(() => internet.stop());

const find = (name = "far.example:8449") => findContact(name, openSafeFetch(internet.network));
const publish = (reply: Reply) => internet.serve("8.8.8.8", 443, { "/.well-known/matrix/support": reply });
const person = (role: string, mail: string) => ({ role, email_address: mail, matrix_id: "@a:far.example" });

it.each([
  ["the data-protection officer", [person("m.role.admin", "a@far.example"), person("m.role.security", "s@far.example"), person("org.matrix.msc4265.role.dpo", "u@far.example"), person("m.role.dpo", "d@far.example")], "d@far.example"],
  ["the one of the unstable name", [person("m.role.security", "s@far.example"), person("org.matrix.msc4265.role.dpo", "u@far.example")], "u@far.example"],
  ["security next", [person("m.role.admin", "a@far.example"), person("m.role.security", "s@far.example")], "s@far.example"],
  ["the admin last", [person("m.role.moderator", "m@far.example"), person("m.role.admin", "a@far.example")], "a@far.example"],
  ["the admin, past one without an address and one with none that is one", [{ role: "m.role.dpo", matrix_id: "@d:far.example" }, person("m.role.security", "no address\r\nBcc: all@far.example"), 7, person("m.role.admin", "a@far.example")], "a@far.example"],
  ["nobody of another role", [person("m.role.moderator", "m@far.example")], null],
])("asks %s", async (_who, contacts, mail) => {
  await publish(json(200, { contacts, support_page: "https://far.example/" }));
  expect(await find()).toBe(mail);
});

it.each<[string, Reply]>([
  ["there is no file", json(404, {})],
  ["it is no such file", json(200, { contacts: "all" })],
  ["it is no JSON", json(200, undefined)],
  ["it is elsewhere", (_request, response) => response.writeHead(301, { location: "https://far.example/other" }).end()],
])("knows nobody where %s", async (_what, reply) => {
  await publish(reply);
  expect(await find()).toBeNull();
});

it("asks again later where nobody answers, or the server is in trouble", async () => {
  await expect(find()).rejects.toMatchObject({ name: "NoAnswer" });
  await publish(json(503, {}));
  await expect(find()).rejects.toMatchObject({ name: "NoAnswer" });
});

it("knows nobody for what is no server name", async () => {
  expect(await find("not a name")).toBeNull();
});
