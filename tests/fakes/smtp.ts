import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly mail: Email;
}

/** What the server says: `at` which command, with which code; 0 hangs for good, after it has kept the mail. */
export interface SmtpFault {
  readonly at: "connect" | "from" | "to" | "data";
  readonly code: number;
}

export interface FakeSmtp {
  readonly url: string;
  readonly received: readonly Received[];
  fault(fault: SmtpFault | null): void;
  stop(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it is given. */
export async function startSmtp(): Promise<FakeSmtp> {
  const received: Received[] = [];
  let fault: SmtpFault | null = null;
  const refusal = (at: SmtpFault["at"]) =>
    fault?.at === at && fault.code > 0 ? Object.assign(new Error("scripted"), { responseCode: fault.code }) : null;

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onConnect: (_session, done) => done(refusal("connect")),
    onMailFrom: (_address, _session, done) => done(refusal("from")),
    onRcptTo: (_address, _session, done) => done(refusal("to")),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const refused = refusal("data");
        if (refused) return done(refused);
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        void PostalMime.parse(raw).then((mail) => {
          received.push({ from: mailFrom === false ? "" : mailFrom.address, to: rcptTo.map((to) => to.address), raw: raw.toString(), mail });
          if (fault?.at !== "data") done();
        });
      });
    },
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    received,
    fault: (next) => void (fault = next),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
