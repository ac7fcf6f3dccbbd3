import { extractText, getDocumentProxy } from "unpdf";
import { beforeEach, describe, expect, test } from "vitest";
import { renderPdf } from "#lib/pdf/render-to-buffer.ts";
import { makeReport } from "#lib/reports/make-report.ts";
import { openReport } from "#lib/reports/open-report.ts";
import { viewPublicNumbers } from "#lib/reports/public-numbers.ts";
import { viewDashboard } from "#lib/reports/view-dashboard.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, refusal } from "#tests/integration/requests/world.ts";

const world = openWorld();
beforeEach(async () => {
  world.reset();
  await world.db.report.deleteMany();
  await world.db.request.deleteMany();
});

const at = (text: string) => new Date(text);
async function some() {
  const request = async (given: Parameters<typeof makeRequest>[2]) => await makeRequest(world.db, (await makePerson(world.db)).personId, given);
  // Late in the evening of Berlin it is still yesterday in UTC: the zone of the controller counts.
  const { id: requestId } = await request({ state: "fulfilled", receivedAt: at("2026-09-30T22:30:00Z"), dueOn: at("2026-11-02"), closedAt: at("2026-10-20T08:00:00Z") });
  await world.db.package.create({ data: { requestId, storageKey: requestId, bytes: 1n, sha256: "s", builtAt: at("2026-10-05T08:00:00Z"), expiresAt: at("2026-10-12T08:00:00Z"), removedAt: at("2026-10-12T08:00:00Z"), summary: {} } });
  await request({ kind: "erasure", scope: {}, state: "grace", receivedAt: at("2026-10-10T08:00:00Z"), decidedAt: at("2026-10-12T08:00:00Z"), notBefore: at("2026-11-10T08:00:00Z"), dueOn: at("2026-11-10") });
  await request({ state: "denied", receivedAt: at("2026-10-02T08:00:00Z"), decidedAt: at("2026-11-20T08:00:00Z"), closedAt: at("2026-11-20T08:00:00Z"), dueOn: at("2026-11-02") });
  await request({ state: "review", receivedAt: at("2026-11-19T08:00:00Z"), dueOn: at("2026-12-21") });
}

describe("the dashboard", () => {
  test("shows the year by month, from the first answer of each kind", async () => {
    await some();
    const { months, dueWeeks } = await viewDashboard(world.web(await makePerson(world.db, { role: "auditor" })));
    expect(months).toHaveLength(12);
    const [october, november] = months.slice(-2);
    expect(october).toMatchObject({ month: "2026-10", byKind: { export: { received: 2, answered: 1 }, erasure: { received: 1, answered: 1 } }, speed: { answered: 2, median: 2, p90: 4, late: 0 }, open: 1, overdue: 0 });
    expect(november).toMatchObject({ month: "2026-11", byKind: { export: { received: 1, answered: 1, outcomes: { denied: 1 } } }, speed: { median: 49, late: 1 }, open: 1 });
    expect(dueWeeks).toEqual([{ week: "2026-12-21", count: 1 }]);
  });

  test("and its papers are for people of the desk", async () => {
    const passerBy = world.web(await makePerson(world.db));
    await makeReport(world.worker({ renderPdf: () => Promise.resolve(Buffer.from("%PDF-")) }));
    expect([await refusal(viewDashboard(passerBy)), await refusal(openReport(passerBy, "2026-10"))]).toEqual(["not_found request", "not_found not_found"]);
  });
});

describe("the paper of a month", () => {
  test("is made once, says what the month was, and stays as it is", async () => {
    await some();
    const worker = world.worker({ renderPdf });
    await Promise.all([makeReport(worker), makeReport(worker)]);
    await makeRequest(world.db, (await makePerson(world.db)).personId, { receivedAt: at("2026-10-20T08:00:00Z") });
    await makeReport(worker);
    const auditor = world.web(await makePerson(world.db, { role: "auditor" }));
    expect((await viewDashboard(auditor)).papers.map(({ month }) => month)).toEqual(["2026-10"]);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array((await openReport(auditor, "2026-10")).pdf)), { mergePages: true });
    const said = text.replace(/\s+/g, " ");
    expect(said).toContain("Privacy requests in October 2026");
    expect(said).toContain("Copies of data 2 1 1 0 0 0");
    expect(said).toMatch(/Median 2 days/);
    expect(await world.db.auditRecord.count({ where: { event: "report_made" } })).toBeGreaterThan(0);
    for (const { mxid } of await world.db.person.findMany({ select: { mxid: true } })) expect(said).not.toContain(mxid);
  });
});

describe("numbers for everybody", () => {
  test("are there only where the controller says so, and only of years that are over", async () => {
    await some();
    await makeRequest(world.db, (await makePerson(world.db)).personId, { state: "fulfilled", receivedAt: at("2024-05-05T08:00:00Z"), closedAt: at("2024-06-01T08:00:00Z") });
    const door = world.worker();
    expect(await refusal(viewPublicNumbers(door))).toBe("not_found not_found");
    const years = await viewPublicNumbers({ ...door, policy: { ...testPolicy, publicStatistics: true } });
    expect(years.map(({ year }) => year)).toEqual(["2025", "2024"]);
    expect(years.flatMap(({ byKind }) => byKind.map(({ received }) => received))).toEqual(Array(6).fill(null));
  });
});
