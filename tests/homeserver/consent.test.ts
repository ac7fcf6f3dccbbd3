import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareConsents } from "#lib/consent/compare.ts";
import { giveByLink } from "#lib/consent/give-by-link.ts";
import { giveConsent } from "#lib/consent/give-consent.ts";
import { readLink } from "#lib/consent/link.ts";
import { publishPolicy } from "#lib/consent/publish.ts";
import { recordBack } from "#lib/consent/record-back.ts";
import { tellPublication } from "#lib/consent/tell-publication.ts";
import { viewByLink } from "#lib/consent/view-by-link.ts";
import { viewConsents } from "#lib/consent/view-consents.ts";
import { withdrawConsent } from "#lib/consent/withdraw-consent.ts";
import type { WebContext, WorkerContext } from "#lib/context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import { openSynapseDb } from "#lib/synapse-db/postgres.ts";
import type { SynapseDb } from "#lib/synapse-db/synapse-db.ts";
import { jobRecorder, testPolicy, webContext, workerContext } from "#tests/fixtures/context.ts";
import { freshDb, testPostgres } from "#tests/fixtures/db.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { policiesFolder, shownText } from "#tests/fixtures/policies.ts";
import { formSecret } from "#tests/harness/synapse-config.ts";
import { startSynapse, type Synapse } from "#tests/harness/synapse.ts";

const serverName = "consent.example";
const portalUrl = "https://privacy.consent.example";
let folder: string;
let synapse: Synapse;
let db: PrismaClient;
let drop: () => Promise<void>;
let reader: SynapseDb;
let worker: WorkerContext;
const queue = jobRecorder();
const now = () => new Date();
const policy = () => ({ ...testPolicy, serverName, portalUrl, policies: path.join(folder, "policies") });

interface Person {
  readonly mxid: Mxid;
  readonly accessToken: string;
}

async function register(name: string, more: { admin?: boolean } = {}): Promise<Person> {
  const { mxid, accessToken } = await synapse.registerUser({ name, password: "correct horse", ...more });
  return { mxid: mxid as Mxid, accessToken };
}
const door = (given: Partial<WebContext> = {}) => webContext(db, { actor: {} as WebContext["actor"], policy: policy(), formSecret, now, enqueue: queue.enqueue, ...given });

/** What a client gets that opens a room: null when it may. */
async function blocked(person: Person): Promise<{ errcode: string; error: string; consent_uri: string } | null> {
  const response = await fetch(`${synapse.baseUrl}/_matrix/client/v3/createRoom`, { method: "POST", headers: { authorization: `Bearer ${person.accessToken}` }, body: "{}" });
  return response.ok ? null : ((await response.json()) as { errcode: string; error: string; consent_uri: string });
}

const linkOf = (uri: string) => Object.fromEntries(new URL(uri).searchParams) as { u: string; h: string };

/** The worker does what is queued. */
async function work(): Promise<void> {
  for (const job of queue.of("consent.record")) if (job.queue === "consent.record") await recordBack(worker, job.data);
  queue.clear();
}

/** The homeserver asks for another version from now on, as an operator has it: configuration, template, restart. */
async function ask(version: string, more: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const config = JSON.parse(await readFile(synapse.configPath, "utf8")) as { user_consent: Record<string, unknown> };
  await writeFile(synapse.configPath, JSON.stringify({ ...config, user_consent: { ...config.user_consent, version, ...more } }));
  const template = `<!doctype html><title>Terms</title><a href="${portalUrl}/_matrix/consent?u={{ user | urlencode }}&amp;h={{ userhmac }}">Read and decide</a><input type="hidden" name="v" value="{{ version }}">`;
  await writeFile(path.join(synapse.dataDir, "consent/en", `${version}.html`), template);
  await synapse.restart();
  const file = path.join(folder, "policies/terms/policy.json");
  await writeFile(file, JSON.stringify({ ...(JSON.parse(await readFile(file, "utf8")) as object), current: version }));
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "consent-"));
  await cp(policiesFolder, path.join(folder, "policies"), { recursive: true });
  ({ db, drop } = await freshDb());
  synapse = await startSynapse({ serverName, postgres: testPostgres(), database: `consent_${process.pid}`, dataDir: path.join(folder, "synapse"), consent: true });
  const admin = await register("admin", { admin: true });
  reader = openSynapseDb(synapse.databaseUrl);
  worker = workerContext(db, { homeserver: openHomeserver({ url: synapse.baseUrl, token: admin.accessToken }), synapseDb: reader, policy: policy(), formSecret, now, enqueue: queue.enqueue });
  await ask("1.0", { block_events_error: `Agree to our terms at ${portalUrl}/consents first, or here: %(consent_uri)s` });
}, 180_000);
afterAll(async () => {
  await reader.close();
  await synapse.stop();
  await drop();
  await rm(folder, { recursive: true, force: true });
});

describe("with the real homeserver", { timeout: 60_000 }, () => {
  it("consent error → accepted by its link → the blocked message goes through; a new version blocks again, and so does a withdrawal", async () => {
    const ada = await register("ada");
    const error = await blocked(ada);
    expect(error).toMatchObject({ errcode: "M_CONSENT_NOT_GIVEN" });
    const link = linkOf(error?.consent_uri ?? "");
    expect(readLink(formSecret, serverName, link)).toBe(ada.mxid);
    expect(await viewByLink(door(), link, "de")).toMatchObject({ state: { is: "ask" }, text: { version: "1.0", language: "de" } });
    const shown = () => shownText("terms", "de", path.join(folder, "policies"));
    await giveByLink(door(), { ...(await shown()), ...link });
    await work();
    expect(await viewByLink(door(), link, "de")).toMatchObject({ state: { is: "done" } });
    expect(await blocked(ada)).toBeNull();

    await ask("2.0");
    expect(await blocked(ada)).toMatchObject({ errcode: "M_CONSENT_NOT_GIVEN" });
    expect(await viewByLink(door(), link, "en")).toMatchObject({ state: { is: "ask" }, before: "older", text: { version: "2.0" } });
    await giveByLink(door(), { ...(await shown()), ...link });
    await work();
    expect(await blocked(ada)).toBeNull();

    const { id } = await db.person.findUniqueOrThrow({ where: { mxid: ada.mxid } });
    const actor = { personId: id, mxid: ada.mxid, role: null, operator: false, sessionId: "", authenticatedAt: now() };
    await withdrawConsent(door({ actor }), { policy: "terms" });
    await work();
    expect(await blocked(ada)).toMatchObject({ errcode: "M_CONSENT_NOT_GIVEN" });
    expect((await viewConsents(door({ actor }), "en")).policies[1]).toMatchObject({ standing: "withdrawn", homeserver: { version: "withdrawn" } });
  });

  it("somebody else's signature opens nothing, here as there", async () => {
    const [eve, bob] = [await register("eve"), await register("bob")];
    const own = linkOf((await blocked(eve))?.consent_uri ?? "");
    const foreign = { u: bob.mxid.slice(1).split(":")[0] ?? "", h: own.h };
    expect(await viewByLink(door(), foreign, "en")).toBeNull();
    await expect(giveByLink(door(), { ...(await shownText()), ...foreign })).rejects.toMatchObject({ reason: "consent_link" });
    expect((await fetch(`${synapse.baseUrl}/_matrix/consent?${new URLSearchParams(foreign)}`)).status).toBe(403);
    expect(await db.person.count({ where: { mxid: bob.mxid } })).toBe(0);
  });

  it("the link in its template leads to the same page", async () => {
    const cleo = await register("cleo");
    const page = await (await fetch((await blocked(cleo))?.consent_uri ?? "")).text();
    const href = (/href="([^"]+)"/.exec(page)?.[1] ?? "").replaceAll("&amp;", "&");
    expect(href.startsWith(`${portalUrl}/_matrix/consent?u=cleo&h=`)).toBe(true);
    expect(readLink(formSecret, serverName, linkOf(href))).toBe(cleo.mxid);
  });

  it("the portal's address in the error text leads to whoever signs in and agrees there", async () => {
    const dora = await register("dora");
    expect((await blocked(dora))?.error).toContain(`${portalUrl}/consents`);
    const actor = await makePerson(db, { mxid: dora.mxid, at: now() });
    await giveConsent(door({ actor }), await shownText("terms", "en", path.join(folder, "policies")));
    await work();
    expect(await blocked(dora)).toBeNull();
  });

  it("what is accepted on its own page enters the ledger", async () => {
    const finn = await register("finn");
    const { u, h } = linkOf((await blocked(finn))?.consent_uri ?? "");
    const { personId } = await makePerson(db, { mxid: finn.mxid, at: now() });
    const answer = await fetch(`${synapse.baseUrl}/_matrix/consent`, { method: "POST", body: new URLSearchParams({ u, h, v: "2.0" }) });
    expect(answer.status).toBe(200);
    await compareConsents(worker);
    await compareConsents(worker);
    expect((await db.consentRecord.findMany({ where: { personId } })).map(({ act, via, version }) => [act, via, version])).toEqual([["given", "homeserver", "2.0"]]);
    expect(await db.consentRecord.count({ where: { via: "homeserver" } })).toBe(1);
  });

  it("a published version reaches every account by server notice", async () => {
    const gwen = await register("gwen");
    const published = await publishPolicy(worker, { policy: "terms", version: "2.0", notify: true });
    if (published.is !== "published") return expect.unreachable();
    await tellPublication(worker, published);
    const { told, doneAt } = await db.policyPublication.findUniqueOrThrow({ where: { id: published.publicationId } });
    expect(doneAt).not.toBeNull();
    expect(told).toBeGreaterThanOrEqual(7);
    const sync = await (await fetch(`${synapse.baseUrl}/_matrix/client/v3/sync`, { headers: { authorization: `Bearer ${gwen.accessToken}` } })).text();
    expect(sync).toContain("Terms of use");
  });
});
