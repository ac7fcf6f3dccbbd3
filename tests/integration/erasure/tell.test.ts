import { beforeEach, describe, expect, it } from "vitest";
import { tellOther } from "#lib/erasure/tell-other.ts";
import { MailRefused, MailUnavailable } from "#lib/mail/mailer.ts";
import { unreachable } from "#tests/fakes/teller.ts";
import { type Erasure, erasureWorld } from "./erasure-world.ts";

const world = erasureWorld();
beforeEach(() => world.reset());

const day = 86_400_000;

/** An erasure whose others are to be told; the notice to this one. */
async function toldBy(erasure: Erasure, name: string) {
  await erasure.run();
  const notice = await world.db.erasureNotice.findFirstOrThrow({ where: { requestId: erasure.id, name } });
  const told = () => world.db.erasureNotice.findUniqueOrThrow({ where: { id: notice.id } });
  return { id: notice.id, told, tell: () => tellOther(erasure.ctx(), { noticeId: notice.id }) };
}

describe("one other party", () => {
  it("an application service that acknowledges is told once, however often the job comes", async () => {
    const erasure = await world.running({ small: true });
    const { told, tell } = await toldBy(erasure, "irc");
    await Promise.all([tell(), tell()]);
    await tell();
    expect(await told()).toMatchObject({ state: "acknowledged", nextAt: null, failure: null });
    expect(erasure.teller.told.filter(({ other }) => other.name === "irc").every(({ mxid }) => mxid === erasure.mxid)).toBe(true);
    expect((await world.audit(erasure.id)).filter(({ event }) => event === "other_told")).toMatchObject([{ data: { target: "appservice", state: "acknowledged" } }]);
  });

  it.each([["not_supported"], ["nobody"]] as const)("a homeserver for which it is %s says so", async (is) => {
    const erasure = await world.running({ small: true });
    const { told, tell } = await toldBy(erasure, "far.example");
    erasure.teller.answer({ kind: "homeserver", name: "far.example" }, { is });
    await tell();
    expect(await told()).toMatchObject({ state: is, tries: 1 });
  });

  it("one with a contact is written to once, by a mail that says which account and carries its name nowhere else", async () => {
    const erasure = await world.running({ small: true });
    const { id, told, tell } = await toldBy(erasure, "far.example");
    erasure.teller.answer({ kind: "homeserver", name: "far.example" }, { is: "by_contact", mail: "abuse@far.example" });
    erasure.mailer.fault({ error: new MailUnavailable() });
    await tell();
    expect(await told()).toMatchObject({ state: "waiting", failure: "mail_down" });
    world.clock.advance(day);
    await tell();
    await tell();
    expect(await told()).toMatchObject({ state: "asked" });
    const [mail, ...more] = erasure.mailer.sent;
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: "abuse@far.example", messageId: `<erasure.${id}@privacy.test.example>` });
    expect(mail?.text).toContain(erasure.mxid);
    expect(`${mail?.subject} ${mail?.messageId}`).not.toContain(erasure.mxid);
    expect(JSON.stringify(world.log.lines)).not.toContain("abuse@");
  });

  it("an address that takes no mail for good is unreachable", async () => {
    const erasure = await world.running({ small: true });
    const { told, tell } = await toldBy(erasure, "far.example");
    erasure.teller.answer({ kind: "homeserver", name: "far.example" }, { is: "by_contact", mail: "abuse@far.example" });
    erasure.mailer.fault({ error: new MailRefused() });
    await tell();
    expect(await told()).toMatchObject({ state: "unreachable", failure: "mail_refused" });
  });

  it("one that does not answer is tried for two weeks, at longer and longer intervals, and never sooner than it asks", async () => {
    const erasure = await world.running({ small: true });
    const { told, tell } = await toldBy(erasure, "far.example");
    erasure.teller.down(unreachable());
    const waits: number[] = [];
    for (let round = 0; round < 60; round += 1) {
      const before = world.clock.now().getTime();
      await tell();
      const { state, nextAt } = await told();
      if (state !== "waiting" || !nextAt) break;
      waits.push(nextAt.getTime() - before);
      // Sooner, nothing is done.
      world.clock.set(new Date(nextAt.getTime() - 1));
      const asked = erasure.teller.calls.length;
      await tell();
      expect(erasure.teller.calls).toHaveLength(asked);
      world.clock.set(nextAt);
    }
    expect(await told()).toMatchObject({ state: "unreachable", failure: "other_unreachable", nextAt: null });
    expect(waits.slice(0, 4)).toEqual([120_000, 240_000, 480_000, 960_000]);
    expect(Math.max(...waits)).toBe(day);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeGreaterThanOrEqual(14 * day);

    erasure.teller.down(null);
    const other = await world.running({ small: true });
    const second = await toldBy(other, "far.example");
    other.teller.fault({ error: unreachable(7200) });
    await second.tell();
    expect(Number((await second.told()).nextAt) - world.clock.now().getTime()).toBe(7_200_000);
  });
});
