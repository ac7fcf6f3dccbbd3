import { beforeEach, describe, expect, it } from "vitest";
import type { Certificate, CertificateFile } from "#lib/erasure/certificate.ts";
import { overrideStep } from "#lib/erasure/override-step.ts";
import { retryRequest } from "#lib/requests/retry.ts";
import { publishedKeys } from "#lib/signing/published-keys.ts";
import { registerKeys } from "#lib/signing/register-keys.ts";
import { verifyCertificate } from "#lib/signing/verify/verify-certificate.ts";
import { makePerson } from "#tests/fixtures/people.ts";
import { erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const fileOf = async (id: string) => (await world.db.certificate.findUniqueOrThrow({ where: { requestId: id } })).document as unknown as CertificateFile;
const certificateOf = async (id: string): Promise<Certificate> => (await fileOf(id)).certificate;
const officer = async () => world.web(await makePerson(world.db, { operator: true, at: world.clock.now() }));

describe("the certificate", () => {
  it("is not written while something unexplained is left; an operator's reason stands on it", async () => {
    const erasure = await world.running({ small: true });
    erasure.eyes.finds({ unexplained: [{ table: "new_table", column: "user_id", trace: "mxid", rows: 3, why: "unexpected", law: null, sql: null, goesBy: null }] });
    expect(await erasure.toTheEnd()).toBe("failed");
    expect(await erasure.step("certificate")).toMatchObject({ state: "failed", failure: "residue_unexplained" });
    expect(await world.db.certificate.count({ where: { requestId: erasure.id } })).toBe(0);
    const ctx = await officer();
    await overrideStep(ctx, { reference: erasure.reference, step: "certificate", reason: "A table of our own module, emptied by hand." });
    await retryRequest(ctx, { reference: erasure.reference });
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    const certificate = await certificateOf(erasure.id);
    expect(certificate.overridden).toEqual([{ step: "certificate", reason: "A table of our own module, emptied by hand." }]);
    expect(certificate.residue.unexplained).toEqual([{ table: "new_table", column: "user_id", trace: "mxid", rows: 3 }]);
    expect(await erasure.step("certificate")).toMatchObject({ state: "overridden" });
  });

  it("names the person by nothing but the salted hash", async () => {
    const erasure = await world.running();
    await erasure.toTheEnd();
    const { document, salt } = await world.db.certificate.findUniqueOrThrow({ where: { requestId: erasure.id } });
    const text = JSON.stringify(document);
    for (const personal of [erasure.mxid, erasure.mxid.slice(1, -13), "Rosa", "rosa@", "!garden", "PHONE", "192.0.2.1", salt ?? "no salt"]) expect(text).not.toContain(personal);
  });

  it("is vouched for by a published key, and its holder can show that it is theirs", async () => {
    const erasure = await world.running({ small: true });
    await registerKeys({ db: world.db, now: world.clock.now }, [Buffer.alloc(32, 9)]);
    await erasure.toTheEnd();
    const keys = await publishedKeys({ db: world.db });
    const { salt } = await world.db.certificate.findUniqueOrThrow({ where: { requestId: erasure.id } });
    const text = JSON.stringify(await fileOf(erasure.id));
    expect(verifyCertificate(text, keys, { mxid: erasure.mxid, salt: salt ?? "" })).toMatchObject({ kind: "checked", signature: "valid", mine: true });
    expect(verifyCertificate(text.replace('"count":', '"count":1'), keys, null)).toMatchObject({ signature: "wrong" });
    expect(await certificateOf(erasure.id)).toMatchObject({
      reference: erasure.reference, homeserver: "test.example", accounts: "synapse", options: { redact: true, suspend: true, leaveNow: false }, retained: [{ code: "name", law: "Art. 17(3)(b)" }],
      told: [{ target: "appservice", name: "irc", state: "waiting" }, { target: "homeserver", name: "far.example", state: "waiting" }, { target: "identity_server", name: "id.example", state: "acknowledged" }],
    });
  });
});
