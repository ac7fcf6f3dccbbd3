import { beforeEach, expect, test } from "vitest";
import { approveRequest } from "#lib/requests/approve.ts";
import { listAudit } from "#lib/requests/list-audit.ts";
import { viewRetention } from "#lib/requests/view-retention.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "./world.ts";

const world = openWorld();
beforeEach(world.reset);

test("the audit record is shown newest first, names the desk and nobody else, and can be narrowed to a request", async () => {
  const [officer, person] = [await makePerson(world.db, { operator: true }), await makePerson(world.db)];
  const auditor = world.web(await makePerson(world.db, { role: "auditor" }));
  const [one, other] = [await makeRequest(world.db, person.personId), await makeRequest(world.db, (await makePerson(world.db)).personId)];
  await approveRequest(world.web(officer), { reference: one.reference });
  await approveRequest(world.web(officer), { reference: other.reference });
  const all = await listAudit(auditor, {});
  expect(all.lines.map(({ event, by, reference }) => ({ event, by, reference }))).toEqual([
    { event: "approved", by: officer.mxid, reference: other.reference },
    { event: "approved", by: officer.mxid, reference: one.reference },
  ]);
  expect(all.head).toEqual({ seq: 2, hash: all.lines[0]?.hash });
  expect(JSON.stringify(all)).not.toContain(person.mxid);
  expect((await listAudit(auditor, { reference: one.reference })).lines.map(({ seq }) => seq)).toEqual([1]);
  expect((await listAudit(auditor, { below: "2", reference: "nonsense" })).lines.map(({ seq }) => seq)).toEqual([1]);
});

test("pages of the audit record follow one another without a gap", async () => {
  const auditor = world.web(await makePerson(world.db, { role: "auditor" }));
  await world.db.$transaction(async (tx) => {
    const { appendAudit } = await import("#lib/audit/append.ts");
    for (let n = 0; n < 205; n += 1) await appendAudit(tx, { at: world.clock.now(), event: "reminded", actor: "clock", data: { n } });
  });
  const seen: number[] = [];
  for (let below: string | undefined; ; ) {
    const { lines, older } = await listAudit(auditor, { below });
    seen.push(...lines.map(({ seq }) => seq));
    if (older === null) break;
    below = String(older);
  }
  expect(seen).toEqual([...seen].sort((a, b) => b - a));
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.at(-1)).toBe(1);
});

test("the table of what is kept counts every model; neither is there for people without a role", async () => {
  const auditor = world.web(await makePerson(world.db, { role: "auditor" }));
  const lines = await viewRetention(auditor);
  expect(lines.find(({ model }) => model === "Person")?.rows).toBe(await world.db.person.count());
  expect(lines.find(({ model }) => model === "Request")?.rule).toEqual({ is: "days", since: "closed", days: 1095 });
  const passerBy = world.web(await makePerson(world.db));
  expect([await refusal(viewRetention(passerBy)), await refusal(listAudit(passerBy, {}))]).toEqual(["not_found request", "not_found request"]);
});
