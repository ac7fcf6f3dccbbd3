import { beforeEach, expect, test } from "vitest";
import { openCertificate, openMyCertificate } from "#lib/erasure/open-certificate.ts";
import { viewMyProof } from "#lib/erasure/view-my-proof.ts";
import { recoveryCode } from "#lib/requests/recovery.ts";
import { testNow } from "#tests/fixtures/clock.ts";
import { testSecret } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest, type TestPerson } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
let actor: TestPerson;
let id: string;
let reference: string;
const code = () => recoveryCode(testSecret, id);
beforeEach(async () => {
  world.reset();
  actor = await makePerson(world.db);
  ({ id, reference } = await makeRequest(world.db, actor.personId, { kind: "erasure", state: "fulfilled", scope: {} }));
});
const certify = async () => await world.db.certificate.create({ data: { requestId: id, issuedAt: testNow, document: { certificate: { reference } }, pdf: Buffer.from("%PDF"), salt: "ab".repeat(32) } });

test("reference and recovery code open it, in any spelling, and each opening is on record", async () => {
  await certify();
  const opened = await openCertificate(world.web(actor), { reference: `${reference.slice(0, 4)}-${reference.slice(4)}`, code: code().toLowerCase() });
  expect(opened).toMatchObject({ reference, issuedAt: testNow, document: { certificate: { reference } }, salt: "ab".repeat(32) });
  expect(Buffer.from(opened.pdf).toString()).toBe("%PDF");
  expect(await world.audit(id)).toEqual([{ event: "certificate_opened", actor: "subject", actorId: null, data: { by: "recovery_code" } }]);
});

test("a wrong code and an unknown reference are refused alike, and nothing is on record", async () => {
  await certify();
  expect(await refusal(openCertificate(world.web(actor), { reference, code: "00000000" }))).toBe("invalid recovery_wrong");
  expect(await refusal(openCertificate(world.web(actor), { reference: "00000000", code: code() }))).toBe("invalid recovery_wrong");
  expect(await world.audit(id)).toEqual([]);
});

test("while there is none it says so, to whoever may know", async () => {
  expect(await refusal(openCertificate(world.web(actor), { reference, code: code() }))).toBe("conflict certificate_not_yet");
  expect(await refusal(openMyCertificate(world.web(actor), { reference }))).toBe("conflict certificate_not_yet");
  expect(await viewMyProof(world.web(actor), reference)).toBeNull();
});

test("signed in, only the person themselves gets certificate and proof; operators do not", async () => {
  await certify();
  const operator = await makePerson(world.db, { operator: true });
  for (const stranger of [operator, await makePerson(world.db)]) {
    expect(await refusal(openMyCertificate(world.web(stranger), { reference }))).toBe("not_found request");
    expect(await refusal(viewMyProof(world.web(stranger), reference))).toBe("not_found request");
  }
  expect(await openMyCertificate(world.web(actor), { reference })).toMatchObject({ reference });
  expect(await viewMyProof(world.web(actor), reference)).toBe("ab".repeat(32));
  expect(await world.audit(id)).toEqual([{ event: "certificate_opened", actor: "subject", actorId: null, data: { by: "session" } }]);
});
