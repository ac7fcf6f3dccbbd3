import { describe, expect, it } from "vitest";
import type { LetterFacts } from "#lib/mail/letters/facts.ts";
import { letterNames, type LetterName } from "#lib/mail/letters/names.ts";
import { isForOfficer } from "#lib/mail/letters/officer.ts";
import { renderLetter } from "#lib/mail/letters/render.ts";
import { letterFacts } from "#tests/fixtures/letters.ts";

const write = (name: LetterName, facts: Partial<LetterFacts> = {}) => renderLetter(name, { ...letterFacts, ...facts }, "en");
const links = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
const page = "https://privacy.test.example/requests/7F3K29QD";
const desk = "https://privacy.test.example/desk/7F3K29QD";
const notMe = "https://privacy.test.example/not-me/7F3K29QD#not-me-key";
const withObjection: readonly LetterName[] = ["code", "received", "approved", "ready", "downloaded", "erasure-scheduled", "erasure-reminder", "erasure-begins", "asked", "entered"];
/** Where a letter leads, if not to the request or the desk. */
const elsewhere: Partial<Record<LetterName, string>> = {
  "erasure-scheduled": "https://privacy.test.example/stop/7F3K29QD",
  "erasure-reminder": "https://privacy.test.example/stop/7F3K29QD",
  "erasure-done": "https://privacy.test.example/certificate/7F3K29QD",
};

describe.each(letterNames)("the letter %s", (name) => {
  it("has one link, and where there is something to stop the way to stop it", () => {
    const main = elsewhere[name] ?? (isForOfficer(name) ? desk : page);
    const expected = withObjection.includes(name) ? [main, notMe] : [main];
    const letter = write(name);
    expect(links(letter.html)).toEqual(expected);
    expect(links(letter.notice.html)).toEqual(expected);
    expect([...letter.text.matchAll(/https:\/\/privacy\.\S+/g)].map(String)).toEqual(expected);
  });

  it("says the reference as people read it, and who writes", () => {
    const { subject, text, html } = write(name);
    expect(subject).toContain("7F3K-29QD");
    for (const part of ["Test Server e.V.", "Musterweg 1, 10115 Berlin", "dpo@test.example", "test.example"]) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
  });

  it("loads nothing and watches nobody", () => {
    const { html, notice } = write(name);
    expect(html + notice.html).not.toMatch(/<img|<script|<link|<iframe|@import|url\(|@font-face|background=|utm_|src=/i);
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html).toContain("prefers-color-scheme:dark");
  });

  it("holds nothing of the person but the greeting", () => {
    const { subject, text, html, notice } = write(name, { displayName: "Canary Person" });
    const greeted = isForOfficer(name) ? 0 : 1;
    expect(text.split("Canary Person")).toHaveLength(greeted + 1);
    expect(html.split("Canary Person")).toHaveLength(greeted + 1);
    expect(subject + notice.text + notice.html).not.toContain("Canary Person");
  });

  it("keeps a hostile name inert", () => {
    const { text, html } = write(name, { displayName: `Ada" & 'x' {name} {{7*7}}\u202e` });
    expect(html).not.toContain(`Ada" &`);
    expect(text + html).not.toContain("\u202e");
    if (!isForOfficer(name)) expect(html).toContain("Ada&#34; &#38; &#39;x&#39; {name} {{7*7}}");
    expect(write(name, { displayName: "<img src=x onerror=alert(1)>" }).html).not.toContain("onerror");
  });

  it("keeps its secrets out of the subject", () => {
    expect(write(name).subject).not.toMatch(/ABCD-EFGH|not-me-key/);
    if (name !== "code") expect(JSON.stringify(write(name))).not.toContain("ABCD-EFGH");
  });
});

describe("letters", () => {
  it("say every date twice: the day, and how far away it is", () => {
    expect(write("ready").text).toContain("until 28 November 2026 (in 7 days)");
    expect(write("ready", { now: new Date("2026-11-27T22:59:00Z") }).text).toContain("28 November 2026 (in 1 day)");
    expect(write("ready", { now: new Date("2026-11-27T23:01:00Z") }).text).toContain("28 November 2026 (today)");
  });

  it("name the last day of the legal period, not the midnight after it", () => {
    expect(write("received").text).toContain("by 21 December 2026 (in 30 days)");
    expect(write("dpo-reminder", { now: new Date("2026-12-23T10:00:00Z") }).text).toContain("it was due 21 December 2026 (2 days ago)");
    expect(write("dpo-reminder", { now: new Date("2026-12-23T10:00:00Z") }).subject).toMatch(/^Overdue/);
  });

  it("say times in the controller's zone", () => {
    expect(write("downloaded", { at: new Date("2026-07-01T22:30:00Z") }).text).toContain("On 2 July 2026 at 00:30 CEST");
  });

  it("carry the code where it is read, until when, and never the request's key twice", () => {
    const { text, html, notice } = write("code");
    for (const body of [text, html, notice.text, notice.html]) expect(body.split("ABCD-EFGH")).toHaveLength(2);
    expect(text).toContain("until 21 November 2026 at 10:10 CET");
  });

  it("never refuse without reason, authority and court, in mail and notice alike", () => {
    const { text, html, notice } = write("denied");
    for (const body of [text, html, notice.text, notice.html]) {
      expect(body).toContain("The reason: ");
      expect(body).toContain("Authority of Tests");
      expect(body).toContain("https://authority.test.example");
      expect(body).toContain("go to court");
      expect(body).toContain("First line.");
    }
    expect(html).toContain("First line.<br>Second &#60;b&#62;line&#60;/b&#62;.");
    expect(notice.html).toContain("Second &#60;b&#62;line");
  });

  it("answer in the officer's words, with what was recorded and the authority", () => {
    for (const body of Object.values(write("replied")).flatMap((part) => (typeof part === "string" ? [part] : Object.values(part))).slice(1)) {
      expect(body).toContain("You owe us nothing.");
      expect(body).toContain("your wish to take back an agreement");
      expect(body).toContain("What you took back is recorded.");
      expect(body).toContain("Authority of Tests");
    }
    const asked = write("replied", { reply: { about: "question", text: "Yes.", recorded: false } }).text;
    expect(asked).toContain("has answered your question (request 7F3K-29QD)");
    expect(asked).not.toContain("recorded");
  });

  it("tell a grant in part with its reason and the ways against it, in mail and notice alike", () => {
    const reason = "Not this <b>time</b>.\nSecond line.";
    const { text, html, notice } = write("approved", { rulings: { granted: [{ kind: "reports", reason: "GRANTED BECAUSE" }], refused: [{ kind: "backfilled_own", reason }] } });
    for (const body of [text, html, notice.text, notice.html]) {
      expect(body).toContain("as you asked: Reports you made");
      expect(body).toContain("Own messages fetched back later");
      expect(body).toContain("Authority of Tests");
      expect(body).toContain("go to court");
      expect(body).toContain("Second line.");
      expect(body).not.toContain("GRANTED BECAUSE");
    }
    expect(html).toContain("Not this &#60;b&#62;time&#60;/b&#62;.<br>Second line.");
    expect(notice.html).toContain("Not this &#60;b&#62;");
    for (const rulings of [{}, { rulings: { granted: [{ kind: "reports", reason }], refused: [] } }]) expect(write("approved", rulings).text).not.toMatch(/complain|court|refused/);
  });

  it.each<[LetterName, keyof LetterFacts]>([["denied", "denial"], ["ready", "package"], ["code", "code"], ["received", "dueAt"]])("do not go out with a hole: %s without %s", (name, fact) => {
    const { [fact]: _left, ...rest } = letterFacts;
    expect(() => renderLetter(name, rest as LetterFacts, "en")).toThrow("the letter needs");
  });

  it("take their links from the configuration and from nowhere else", () => {
    const elsewhere = { ...letterFacts.policy, portalUrl: "https://other.example" };
    expect(links(write("ready", { policy: elsewhere }).html)).toEqual(["https://other.example/requests/7F3K29QD", "https://other.example/not-me/7F3K29QD#not-me-key"]);
  });
});

describe("letters about an erasure", () => {
  it("say that it is one", () => {
    for (const name of ["code", "received", "denied", "failed", "frozen", "dpo-new", "dpo-failed", "dpo-frozen"] as const) {
      const { text } = write(name, { kind: "erasure" });
      expect(text).toMatch(/delet|erasure/i);
      expect(text).not.toMatch(/copy of|package/i);
      expect(write(name).text).not.toMatch(/delet|erasure/i);
    }
  });

  it("say when, to the minute and how far away, what happens to messages and account, and how to stop it", () => {
    const { text, subject, notice } = write("erasure-scheduled");
    expect(subject).toBe("Your account will be deleted on 21 December 2026 (in 30 days) (request 7F3K-29QD)");
    expect(text).toContain("deleted on 21 December 2026 at 10:00 CET");
    expect(text).toContain("Your messages are removed for everybody");
    expect(text).toContain("Until then your account is suspended");
    expect(text).toContain("    7F3K-29QD");
    expect(notice.text).toContain("/stop/7F3K29QD");
    expect(write("erasure-scheduled", { erasure: { notBefore: letterFacts.now, redact: false, suspend: false, recoveryCode: "A" } }).text).toMatch(/stay with those who already have them[^]*as before/);
  });

  it("a hold names its ground, the operator's words, the authority and the way to a court", () => {
    const { text } = write("erasure-held");
    expect(text).toContain("Art. 17(3)(e) GDPR");
    expect(text).toContain("> A claim is before the court.");
    expect(text).toContain("Authority of Tests");
    expect(text).toMatch(/go to court/);
  });

  it("has no hole", () => {
    expect(() => write("erasure-scheduled", { erasure: undefined as never })).toThrow("an erasure");
  });
});
