/** A mail ready to go: one recipient, plain text and HTML, a Message-ID of ours so that a repeat is recognisable. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

/** Accepted by nobody now (connection, 4xx): try later. */
export class MailUnavailable extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("mail server unavailable", options);
    this.name = "MailUnavailable";
  }
}

/** Refused for good (5xx, or an address that is not exactly one mailbox). */
export class MailRefused extends Error {
  constructor(options: { cause?: unknown } = {}) {
    super("mail refused", options);
    this.name = "MailRefused";
  }
}

/** PORT: outgoing mail. Adapter: smtp.ts. */
export interface Mailer {
  send(mail: Mail): Promise<void>;
  /** Connects and greets without sending; throws MailUnavailable. */
  check(): Promise<void>;
}
