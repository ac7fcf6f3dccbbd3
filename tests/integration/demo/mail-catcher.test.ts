import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MailCatcher, startMailCatcher } from "#tests/demo/mail-catcher.ts";

let folder = "";
let catcher: MailCatcher;
const page = async (at: string) => {
  const answer = await fetch(`${catcher.url.replace("localhost", "127.0.0.1")}${at}`);
  return { status: answer.status, policy: answer.headers.get("content-security-policy") ?? "", html: await answer.text() };
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mail-"));
  catcher = await startMailCatcher({ folder, notices: () => Promise.resolve([{ to: "@rosa:garden.example", at: new Date(0), text: "Code <1234>" }]) });
});
afterAll(async () => {
  await catcher.stop();
  await rm(folder, { recursive: true, force: true });
});

test("before any mail the page says what will be here", async () => {
  expect((await page("/")).html).toContain("No mail yet");
});

test("a letter is listed and can be read, as text and formatted, and runs nothing", async () => {
  await createTransport(catcher.smtpUrl).sendMail({
    from: '"Privacy" <privacy@garden.example>',
    to: "rosa@garden.example",
    subject: "Ready <script>alert(1)</script>",
    text: "Open http://localhost:3000/requests/7F3K29QD now",
    html: "<p>Open <a href='http://localhost:3000/'>it</a></p><script>alert(2)</script>",
  });
  expect(catcher.mails.map((mail) => mail.to)).toEqual(["rosa@garden.example"]);
  const list = await page("/");
  expect(list.html).toContain("rosa@garden.example");
  expect(list.html).toContain("Code &#60;1234&#62;");
  const mail = await page("/mail/1");
  expect(mail.status).toBe(200);
  expect(mail.policy).toContain("default-src 'none'");
  expect(mail.html).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  expect(mail.html).toContain('<a href="http://localhost:3000/requests/7F3K29QD"');
  for (const { html } of [list, mail]) expect(html).not.toMatch(/<script/);
  expect((await page("/mail/2")).status).toBe(404);
});

test("mail outlives a restart", async () => {
  await catcher.stop();
  catcher = await startMailCatcher({ folder });
  expect(catcher.mails.map((mail) => mail.email.subject)).toEqual(["Ready <script>alert(1)</script>"]);
  expect((await page("/mail/1")).status).toBe(200);
});
