import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Mail, Mailer } from "#lib/mail/mailer.ts";

/** A way out for mail, and a way to see what came out of it and to break it. */
export interface MailWorld {
  readonly mailer: Mailer;
  /** Recipient, subject, Message-ID and text of every letter that arrived. */
  arrived(): Promise<readonly Pick<Mail, "to" | "subject" | "messageId" | "text">[]>;
  /** Nobody takes mail until told false. */
  away(is: boolean): Promise<void>;
  stop(): Promise<void>;
}

const letter = (to: string, n: number): Mail => ({ to, subject: `Größe ${n} – 文字`, text: `Hello ${n}.\n.\nA line on its own: .\n`, html: `<p>Hello ${n}</p>`, messageId: `<letter-${n}@privacy.example>` });

/** What the port promises; held by the twin and by the adapter over real SMTP. */
export function mailerContract(name: string, open: () => Promise<MailWorld>): void {
  describe(`${name} as mailer`, () => {
    let world: MailWorld;
    beforeAll(async () => {
      world = await open();
    });
    afterAll(() => world.stop());
    const count = async () => (await world.arrived()).length;

    it("delivers to exactly one mailbox, word for word, under our Message-ID", async () => {
      await world.mailer.send(letter("ada+box_1@mail.example.org", 1));
      expect(await world.arrived()).toEqual([expect.objectContaining({ to: "ada+box_1@mail.example.org", subject: "Größe 1 – 文字", messageId: "<letter-1@privacy.example>", text: expect.stringMatching(/^Hello 1\.\n\.\nA line on its own: \.\n+$/) as string })]);
    });

    it("repeats a letter under the same Message-ID", async () => {
      await world.mailer.send(letter("ada@example.org", 2));
      await world.mailer.send(letter("ada@example.org", 2));
      const ids = (await world.arrived()).map((mail) => mail.messageId);
      expect(ids.slice(-2)).toEqual(["<letter-2@privacy.example>", "<letter-2@privacy.example>"]);
    });

    it.each([
      "ada@example.org\r\nRCPT TO:<evil@example.org>",
      "ada@example.org\nBcc: evil@example.org",
      "ada@example.org,evil@example.org",
      "ada@example.org;evil@example.org",
      "ada@example.org evil@example.org",
      '"ada@evil.example"@example.org',
      '"ada@example.org> <evil"@example.org',
      "Ada <ada@example.org>",
      "<ada@example.org>",
      "ada＠example.org",
      "ada@evil.example＠example.org",
      "ada@example.org\0",
      "ada@[127.0.0.1]",
      "ada@@example.org",
      "(comment)ada@example.org",
      "group: ada@example.org;",
      "ada..lovelace@example.org",
      ".ada@example.org",
      "ada",
      "@example.org",
      "",
      `${"a".repeat(250)}@example.org`,
    ])("refuses %j: not one plain mailbox", async (to) => {
      const before = await count();
      await expect(world.mailer.send(letter(to, 3))).rejects.toMatchObject({ name: "MailRefused" });
      expect(await count()).toBe(before);
    });

    it("says so when nobody takes mail, and works again afterwards", async () => {
      await world.away(true);
      await expect(world.mailer.send(letter("ada@example.org", 4))).rejects.toMatchObject({ name: "MailUnavailable" });
      await expect(world.mailer.check()).rejects.toMatchObject({ name: "MailUnavailable" });
      await world.away(false);
      await world.mailer.check();
      await world.mailer.send(letter("ada@example.org", 4));
      expect((await world.arrived()).at(-1)?.messageId).toBe("<letter-4@privacy.example>");
    });
  });
}
