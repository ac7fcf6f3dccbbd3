import { createTransport } from "nodemailer";
import { isOneMailbox } from "./address.ts";
import { MailRefused, MailUnavailable, type Mailer } from "./mailer.ts";

export interface MailerOptions {
  /** smtp://user:password@host:587 or smtps://host:465; nodemailer's options may follow as a query. */
  readonly url: string;
  /** `user@host` or `Name <user@host>`. */
  readonly from: string;
  /** Shorter in tests. */
  readonly timeoutMs?: number;
}

/** Outgoing mail over SMTP, one connection a letter. */
export function openMailer({ url, from, timeoutMs = 20_000 }: MailerOptions): Mailer {
  const transport = createTransport(
    { url, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs, dnsTimeout: timeoutMs },
    // Letters are made of words only: nothing in them may ever be read from a disk or fetched.
    { disableFileAccess: true, disableUrlAccess: true },
  );
  const sender = parseSender(from);

  return {
    async send(mail) {
      if (!isOneMailbox(mail.to)) throw new MailRefused();
      let accepted: unknown;
      try {
        ({ accepted } = await transport.sendMail({
          from: sender,
          to: { name: "", address: mail.to },
          envelope: { from: sender.address, to: [mail.to] },
          subject: mail.subject,
          text: mail.text,
          html: mail.html,
          messageId: mail.messageId,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        }));
      } catch (cause) {
        throw isFinal(cause) ? new MailRefused({ cause }) : new MailUnavailable({ cause });
      }
      if (!Array.isArray(accepted) || accepted.length !== 1 || accepted[0] !== mail.to) throw new MailRefused();
    },

    async check() {
      try {
        await transport.verify();
      } catch (cause) {
        throw new MailUnavailable({ cause });
      }
    },
  };
}

/** 5xx to the recipient or to the letter itself. 5xx to us (login, sender, greeting) is for the operator to mend: try later. */
function isFinal(error: unknown): boolean {
  const { responseCode, command } = error as { responseCode?: unknown; command?: unknown };
  return typeof responseCode === "number" && responseCode >= 500 && (command === "RCPT TO" || command === "DATA");
}

function parseSender(from: string): { name: string; address: string } {
  const parts = /^([^<>]*)<([^<>]+)>$/.exec(from.trim());
  const address = (parts?.[2] ?? from).trim();
  if (!isOneMailbox(address)) throw new Error("the sender is not one mail address");
  return { name: (parts?.[1] ?? "").trim().replace(/^"(.*)"$/, "$1"), address };
}
