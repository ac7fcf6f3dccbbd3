import { beforeEach, describe, expect, test } from "vitest";
import { attachFile } from "#lib/requests/attach.ts";
import { viewCase } from "#lib/requests/desk-views.ts";
import { noteRequest } from "#lib/requests/note.ts";
import { openAttachment } from "#lib/requests/open-attachment.ts";
import { readPortalRecords } from "#lib/kinds/portal-records.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import { openWorld, outcomes, refusal } from "./world.ts";

const world = openWorld();
beforeEach(() => world.reset());

const desk = async (role: "operator" | "second" | "auditor" = "operator") => world.web(await makePerson(world.db, { role }));
const request = async () => await makeRequest(world.db, (await makePerson(world.db)).personId);
const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2]);
const file = (content: Uint8Array<ArrayBuffer> = png, name = "letter.png") => new File([content], name, { type: "text/html" });

const refusals = [["auditor", "forbidden role_looks"], ["second", "forbidden role_second"]] as const;

describe("notes", () => {
  test("are added with author and time, audited without their words, and told to the person in their copy", async () => {
    const ctx = await desk();
    const person = await makePerson(world.db);
    const { id, reference } = await makeRequest(world.db, person.personId);
    await noteRequest(ctx, { reference, text: "Rang us\r\ntwice. " });
    world.clock.advance(1000);
    await noteRequest(ctx, { reference, text: "And again." });
    expect((await viewCase(ctx, reference)).casework.notes).toMatchObject([{ text: "Rang us\ntwice.", by: ctx.actor.mxid }, { text: "And again." }]);
    expect((await world.audit(id)).filter(({ event }) => event === "noted")).toEqual([{ event: "noted", actor: "operator", actorId: ctx.actor.personId, data: { characters: 14 } }, { event: "noted", actor: "operator", actorId: ctx.actor.personId, data: { characters: 10 } }]);
    const told = JSON.stringify(await readPortalRecords(world.db, person.mxid));
    expect(told).toContain("And again.");
    expect(told).not.toContain(ctx.actor.mxid);
  });

  test("not by who does not decide, not on one's own case, not empty", async () => {
    const { reference } = await request();
    for (const [role, says] of refusals) expect(await refusal(noteRequest(await desk(role), { reference, text: "x" }))).toBe(says);
    expect(await refusal(noteRequest(world.web(await makePerson(world.db)), { reference, text: "x" }))).toBe("not_found request");
    const ctx = await desk();
    expect(await refusal(noteRequest(ctx, { reference: (await makeRequest(world.db, ctx.actor.personId)).reference, text: "x" }))).toBe("forbidden own_case");
    for (const text of ["", "  ", null, "\u0007"]) expect(await refusal(noteRequest(ctx, { reference, text }))).toBe("invalid form");
    expect(await world.db.note.count({ where: { request: { reference } } })).toBe(0);
  });
});

describe("files", () => {
  test("lie sealed, say what they are by their bytes, come back whole, and opening one is a look", async () => {
    const ctx = await desk();
    const { id, reference } = await request();
    await attachFile(ctx, { reference, file: file(png, "..\\up/a\"b\r\nc.png") });
    const row = await world.db.attachment.findFirstOrThrow({ where: { requestId: id } });
    expect(row).toMatchObject({ name: "a_b__c.png", mediaType: "image/png", bytes: png.length });
    expect(Buffer.from(row.sealed).includes(png)).toBe(false);
    expect((await world.audit(id)).map(({ event, data }) => ({ event, data }))).toEqual([{ event: "attached", data: { bytes: png.length } }]);
    const auditor = await desk("auditor");
    const { content, headers } = await openAttachment(auditor, { reference, id: row.id });
    expect(content.equals(png)).toBe(true);
    expect(headers).toMatchObject({ "content-type": "image/png", "x-content-type-options": "nosniff", "content-security-policy": "sandbox; default-src 'none'" });
    expect(headers["content-disposition"]).toMatch(/^attachment; filename="a_b__c\.png"/);
    expect(await world.db.staffView.findMany({ where: { requestId: id }, select: { viewerId: true, what: true } })).toEqual([{ viewerId: auditor.actor.personId, what: "attachment" }]);
  });

  test("of another case, another row, or nobody's business: nothing", async () => {
    const ctx = await desk();
    const [one, other] = [await request(), await request()];
    await attachFile(ctx, { reference: one.reference, file: file() });
    await attachFile(ctx, { reference: other.reference, file: file(Buffer.from("<html>"), "x.html") });
    const [mine, theirs] = [await world.db.attachment.findFirstOrThrow({ where: { requestId: one.id } }), await world.db.attachment.findFirstOrThrow({ where: { requestId: other.id } })];
    expect(theirs.mediaType).toBe("application/octet-stream");
    expect(await refusal(openAttachment(ctx, { reference: other.reference, id: mine.id }))).toBe("conflict file_unreadable");
    expect(await refusal(openAttachment(ctx, { reference: one.reference, id: "x" }))).toBe("conflict file_unreadable");
    expect(await refusal(openAttachment(world.web(await makePerson(world.db)), { reference: one.reference, id: mine.id }))).toBe("not_found request");
    await world.db.attachment.update({ where: { id: mine.id }, data: { sealed: theirs.sealed } });
    expect(await refusal(openAttachment(ctx, { reference: one.reference, id: mine.id }))).toBe("conflict file_unreadable");
  });

  test("not by who does not decide, not too large, and never more than twenty, also at once", async () => {
    const { id, reference } = await request();
    for (const [role, says] of refusals) expect(await refusal(attachFile(await desk(role), { reference, file: file() }))).toBe(says);
    const ctx = await desk();
    for (const wrong of [null, "text", file(Buffer.alloc(0))]) expect(await refusal(attachFile(ctx, { reference, file: wrong }))).toBe("invalid file_none");
    expect(await refusal(attachFile(ctx, { reference, file: file(Buffer.alloc(5_000_001)) }))).toBe("invalid file_big");
    expect(await outcomes(Array.from({ length: 24 }, () => attachFile(ctx, { reference, file: file() })))).toEqual({ done: 20, "conflict files_many": 4 });
    expect(await world.db.attachment.count({ where: { requestId: id } })).toBe(20);
  });
});
