import { writeApproved } from "./approved.ts";
import { writeAsked } from "./asked.ts";
import { writeCode } from "./code.ts";
import { writeDenied } from "./denied.ts";
import { writeDownloaded } from "./downloaded.ts";
import { writeDpoAnswered } from "./dpo-answered.ts";
import { writeDpoDelayed } from "./dpo-delayed.ts";
import { writeDpoFailed } from "./dpo-failed.ts";
import { writeDpoFrozen } from "./dpo-frozen.ts";
import { writeDpoNew } from "./dpo-new.ts";
import { writeDpoPreview } from "./dpo-preview.ts";
import { writeDpoReminder } from "./dpo-reminder.ts";
import { writeDpoSecond } from "./dpo-second.ts";
import { writeDpoUnanswered } from "./dpo-unanswered.ts";
import { writeDpoUntold } from "./dpo-untold.ts";
import { writeEnquiryEnded } from "./enquiry-ended.ts";
import { writeEntered } from "./entered.ts";
import { writeErasureScheduled } from "./erasure-scheduled.ts";
import { writeErasureReminder } from "./erasure-reminder.ts";
import { writeErasureStopped } from "./erasure-stopped.ts";
import { writeErasureHeld } from "./erasure-held.ts";
import { writeErasureBegins } from "./erasure-begins.ts";
import { writeErasureDelayed } from "./erasure-delayed.ts";
import { writeErasureDone } from "./erasure-done.ts";
import { writeExpired } from "./expired.ts";
import { writeExtended } from "./extended.ts";
import { writeFailed } from "./failed.ts";
import type { LetterFacts, WriteLetter } from "./facts.ts";
import { writeFrozen } from "./frozen.ts";
import { layHtml, layNotice, layText } from "./layout.ts";
import type { LetterName } from "./names.ts";
import { isForOfficer } from "./officer.ts";
import { writeReady } from "./ready.ts";
import { writeReceived } from "./received.ts";
import { writeReplied } from "./replied.ts";
import { wordsFor } from "./words.ts";

const letters: Readonly<Record<LetterName, WriteLetter>> = {
  code: writeCode,
  received: writeReceived,
  approved: writeApproved,
  ready: writeReady,
  downloaded: writeDownloaded,
  denied: writeDenied,
  replied: writeReplied,
  failed: writeFailed,
  frozen: writeFrozen,
  expired: writeExpired,
  "erasure-scheduled": writeErasureScheduled,
  "erasure-reminder": writeErasureReminder,
  "erasure-stopped": writeErasureStopped,
  "erasure-held": writeErasureHeld,
  "erasure-begins": writeErasureBegins,
  "erasure-delayed": writeErasureDelayed,
  "erasure-done": writeErasureDone,
  entered: writeEntered,
  extended: writeExtended,
  asked: writeAsked,
  "enquiry-ended": writeEnquiryEnded,
  "dpo-new": writeDpoNew,
  "dpo-reminder": writeDpoReminder,
  "dpo-failed": writeDpoFailed,
  "dpo-frozen": writeDpoFrozen,
  "dpo-second": writeDpoSecond,
  "dpo-preview": writeDpoPreview,
  "dpo-delayed": writeDpoDelayed,
  "dpo-answered": writeDpoAnswered,
  "dpo-unanswered": writeDpoUnanswered,
  "dpo-untold": writeDpoUntold,
};

export interface RenderedLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly notice: { readonly text: string; readonly html: string };
}


/**
 * A letter in words, for mail and for the server notice.
 * @throws Error when a fact the letter needs is missing: it must not go out with a hole
 */
export function renderLetter(name: LetterName, facts: LetterFacts, locale: string): RenderedLetter {
  const words = wordsFor(locale, facts.policy.timeZone, facts.now);
  const draft = letters[name](facts, words);
  const reader = isForOfficer(name) ? "officer" : "person";
  return {
    subject: draft.subject,
    text: layText(draft, facts, words, reader),
    html: layHtml(draft, facts, words, reader, locale),
    notice: layNotice(draft, facts, words),
  };
}
