import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signLink } from "#lib/consent/link.ts";
import type { AccountPage, Homeserver, MediaId, Mxid } from "#lib/matrix/homeserver.ts";

/** A homeserver with these people and files on it, and a way to see what reached somebody. */
export interface HomeserverWorld {
  readonly homeserver: Homeserver;
  readonly serverName: string;
  /** Display name "Ada ✨", one verified mail address ada@example.org, nothing else special. */
  readonly ada: Mxid;
  readonly suspended: Mxid;
  readonly locked: Mxid;
  readonly deactivated: Mxid;
  /** Localpart with characters that a path must escape. */
  readonly odd: Mxid;
  /** Of these bytes: 0, 1, 2 … 255. */
  readonly media: MediaId;
  readonly formSecret: string;
  /** Bodies of the server notices in the person's room, oldest first. */
  noticesOf(mxid: Mxid): Promise<string[]>;
  stop(): Promise<void>;
}

/** What the port promises; held by the twin and by the adapter on a real Synapse. */
export function homeserverContract(name: string, open: () => Promise<HomeserverWorld>): void {
  describe(`${name} as homeserver`, () => {
    let world: HomeserverWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.stop());

    it("tells an account's facts", async () => {
      const account = await world.homeserver.account(world.ada);
      expect(account).toMatchObject({ mxid: world.ada, displayName: "Ada ✨", mails: ["ada@example.org"], appserviceId: null });
      expect(account).toMatchObject({ suspended: false, locked: false, deactivated: false, erased: false, guest: false, admin: false });
      expect(account?.createdAt.getTime()).toBeLessThanOrEqual(Date.now());
      expect(account?.createdAt.getFullYear()).toBeGreaterThan(2000);
    });

    it("tells suspended, locked and deactivated apart", async () => {
      const flags = async (mxid: Mxid) => {
        const account = await world.homeserver.account(mxid);
        return account && [account.suspended, account.locked, account.deactivated];
      };
      expect(await flags(world.suspended)).toEqual([true, false, false]);
      expect(await flags(world.locked)).toEqual([false, true, false]);
      expect(await flags(world.deactivated)).toEqual([false, false, true]);
    });

    it("finds an account whose name needs escaping, and only that one", async () => {
      expect((await world.homeserver.account(world.odd))?.mxid).toBe(world.odd);
    });

    it("answers null for an account it does not have", async () => {
      expect(await world.homeserver.account(`@nobody:${world.serverName}` as Mxid)).toBeNull();
      expect(await world.homeserver.account(world.ada.replace("@a", "@A") as Mxid)).toBeNull();
    });

    it("delivers a notice once however often the same transaction is sent", async () => {
      const body = { text: "Your data is ready <b>", html: "<p>Your data is ready &lt;b&gt;</p>" };
      const first = await world.homeserver.sendNotice(world.ada, "txn/1 é", body);
      const again = await world.homeserver.sendNotice(world.ada, "txn/1 é", body);
      expect(again.eventId).toBe(first.eventId);
      const other = await world.homeserver.sendNotice(world.ada, "txn/2", { ...body, text: "second" });
      expect(other.eventId).not.toBe(first.eventId);
      expect(await world.noticesOf(world.ada)).toEqual(["Your data is ready <b>", "second"]);
    });

    it("reaches suspended people", async () => {
      await world.homeserver.sendNotice(world.suspended, "txn-suspended", { text: "hello", html: "hello" });
      expect(await world.noticesOf(world.suspended)).toEqual(["hello"]);
    });

    it("refuses a notice to somebody who is not there", async () => {
      const send = (mxid: string) => world.homeserver.sendNotice(mxid as Mxid, `txn ${mxid}`, { text: "a", html: "a" });
      await expect(send(`@nobody:${world.serverName}`)).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
      await expect(send("@ada:elsewhere.example")).rejects.toMatchObject({ name: "HomeserverRefused", status: 400 });
    });

    it("agrees to its terms in somebody's name, keeps the last version and when, and looks whether the proof is right", async () => {
      expect(await world.homeserver.account(world.ada)).toMatchObject({ consentVersion: null, consentAt: null });
      const proof = signLink(world.formSecret, world.ada);
      await world.homeserver.acceptTerms(world.ada, "0.9", proof);
      await world.homeserver.acceptTerms(world.ada, "withdrawn", proof);
      const account = await world.homeserver.account(world.ada);
      expect(account?.consentVersion).toBe("withdrawn");
      expect(Math.abs((account?.consentAt?.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
      await expect(world.homeserver.acceptTerms(world.odd, "1.0", proof)).rejects.toMatchObject({ name: "HomeserverRefused", status: 403 });
      const nobody = `@nobody:${world.serverName}` as Mxid;
      await expect(world.homeserver.acceptTerms(nobody, "1.0", signLink(world.formSecret, nobody))).rejects.toMatchObject({ name: "HomeserverRefused", status: 404 });
      await world.homeserver.acceptTerms(world.odd, "1.0", signLink(world.formSecret, world.odd));
      expect((await world.homeserver.account(world.odd))?.consentVersion).toBe("1.0");
    });

    it("says which version of its terms it asks for", async () => {
      expect(await world.homeserver.termsVersion((mxid) => signLink(world.formSecret, mxid))).toBe("1.0");
      await expect(world.homeserver.termsVersion(() => "0".repeat(64))).rejects.toMatchObject({ name: "HomeserverRefused", status: 403 });
    });

    it("lists every local account page by page, and who of them reads notices", async () => {
      const found = new Map<string, boolean>();
      let from: string | null = null;
      do {
        const page: AccountPage = await world.homeserver.listAccounts(from);
        for (const { mxid, reads } of page.accounts) {
          expect(found.has(mxid)).toBe(false);
          found.set(mxid, reads);
        }
        from = page.next;
      } while (from !== null);
      const reads = [world.ada, world.suspended, world.locked, world.deactivated, world.odd].map((mxid) => found.get(mxid));
      expect(reads).toEqual([true, true, true, false, true]);
    });

    it("hands out a file byte for byte", async () => {
      const file = await world.homeserver.openMedia(world.media);
      expect(file?.bytes).toBe(256);
      expect(await buffer(file?.content ?? Readable.from([]))).toEqual(Buffer.from(Array.from({ length: 256 }, (_, at) => at)));
    });

    it("answers null for a file that is not there", async () => {
      expect(await world.homeserver.openMedia("AAAAAAAAAAAAAAAAAAAAAAAA" as MediaId)).toBeNull();
    });

    it("says who it is", async () => {
      expect(await world.homeserver.identify()).toMatchObject({ serverName: world.serverName, admin: true });
    });
  });
}
