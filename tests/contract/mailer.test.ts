import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MailUnavailable, type Mailer } from "#lib/mail/mailer.ts";
import { openMailer } from "#lib/mail/smtp.ts";
import { fakeMailer } from "#tests/fakes/mailer.ts";
import { startSmtp, type FakeSmtp, type SmtpFault } from "#tests/fakes/smtp.ts";
import { mailerContract } from "./mailer.ts";

const from = "Privacy portal <privacy@example.org>";

mailerContract("the fake", () => {
  const mailer = fakeMailer();
  return Promise.resolve({
    mailer,
    arrived: () => Promise.resolve(mailer.sent),
    away: (is) => Promise.resolve(mailer.down(is ? new MailUnavailable() : null)),
    stop: () => Promise.resolve(),
  });
});

mailerContract("SMTP", async () => {
  const smtp = await startSmtp();
  return {
    mailer: openMailer({ url: smtp.url, from, timeoutMs: 500 }),
    arrived: () => Promise.resolve(smtp.received.map(({ to, mail }) => ({ to: to.join(), subject: mail.subject ?? "", messageId: mail.messageId ?? "", text: (mail.text ?? "").replaceAll("\r\n", "\n") }))),
    away: (is) => Promise.resolve(smtp.fault(is ? { at: "connect", code: 421 } : null)),
    stop: smtp.stop,
  };
});

describe("mail over SMTP", () => {
  let smtp: FakeSmtp;
  let mailer: Mailer;
  const mail = { to: "ada@example.org", subject: "Subject", text: "Text.\n", html: "<p>Text.</p>", messageId: "<1@privacy.example>" };
  beforeAll(async () => {
    smtp = await startSmtp();
    mailer = openMailer({ url: smtp.url, from, timeoutMs: 500 });
  });
  afterAll(() => smtp.stop());

  it.each<[SmtpFault, string]>([
    [{ at: "to", code: 450 }, "MailUnavailable"],
    [{ at: "to", code: 550 }, "MailRefused"],
    [{ at: "data", code: 451 }, "MailUnavailable"],
    [{ at: "data", code: 554 }, "MailRefused"],
    [{ at: "connect", code: 554 }, "MailUnavailable"],
    [{ at: "from", code: 553 }, "MailUnavailable"],
  ])("takes %o for %s", async (fault, name) => {
    smtp.fault(fault);
    await expect(mailer.send(mail)).rejects.toMatchObject({ name });
    smtp.fault(null);
  });

  it("does not wait for ever when the server takes the letter and hangs", async () => {
    smtp.fault({ at: "data", code: 0 });
    const started = Date.now();
    await expect(mailer.send(mail)).rejects.toMatchObject({ name: "MailUnavailable" });
    expect(Date.now() - started).toBeLessThan(3_000);
    smtp.fault(null);
  });

  it("is unavailable when nothing listens", async () => {
    await expect(openMailer({ url: "smtp://127.0.0.1:9", from, timeoutMs: 500 }).send(mail)).rejects.toMatchObject({ name: "MailUnavailable" });
  });

  it("tells machines not to answer and readers who wrote", async () => {
    await mailer.send(mail);
    const { from: envelope, mail: parsed } = smtp.received.at(-1) ?? expect.unreachable();
    expect(envelope).toBe("privacy@example.org");
    expect(parsed.from).toMatchObject({ name: "Privacy portal", address: "privacy@example.org" });
    expect(parsed.to).toEqual([{ name: "", address: "ada@example.org" }]);
    expect(parsed.headers.find((header) => header.key === "auto-submitted")?.value).toBe("auto-generated");
    expect(parsed.headers.map((header) => header.key)).not.toContain("x-mailer");
    expect(parsed.html).toContain("<p>Text.</p>");
  });

  it("never lets an error speak of an address", async () => {
    smtp.fault({ at: "to", code: 550 });
    const error = await mailer.send(mail).then(() => expect.unreachable(), (refused: unknown) => refused as Error);
    expect(`${error.message}${error.name}`).not.toContain("ada");
    smtp.fault(null);
  });

  it("refuses a sender that is not one mailbox", () => {
    expect(() => openMailer({ url: smtp.url, from: "a@example.org, b@example.org" })).toThrow("sender");
  });
});
