import { isOneMailbox } from "#lib/mail/address.ts";
import { MailRefused, type Mail, type Mailer } from "#lib/mail/mailer.ts";

export interface FakeMailer extends Mailer {
  /** Letters that were taken, in order, repeats included. */
  readonly sent: readonly Mail[];
  /** Errors of the next sendings; with `after` the letter is taken and only the answer is lost. */
  fault(...faults: readonly { readonly error: Error; readonly after?: boolean }[]): void;
  /** Every sending fails so until told null. */
  down(error: Error | null): void;
}

/** In-memory twin of lib/mail/smtp.ts; the contract in tests/contract/mailer.ts holds for both. */
export function fakeMailer(): FakeMailer {
  const sent: Mail[] = [];
  const faults: { readonly error: Error; readonly after?: boolean }[] = [];
  let always: Error | null = null;
  return {
    sent,
    fault: (...more) => void faults.push(...more),
    down: (error) => void (always = error),
    async send(mail) {
      await Promise.resolve();
      if (!isOneMailbox(mail.to)) throw new MailRefused();
      if (always) throw always;
      const fault = faults.shift();
      if (fault && !fault.after) throw fault.error;
      sent.push(mail);
      if (fault) throw fault.error;
    },
    async check() {
      await Promise.resolve();
      if (always) throw always;
    },
  };
}
