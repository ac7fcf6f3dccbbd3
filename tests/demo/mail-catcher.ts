import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { Server } from "node:net";
import path from "node:path";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";
import { listPage, mailPage, missingPage, type Notice } from "./mail-page.ts";

export interface CaughtMail {
  readonly number: number;
  readonly to: string;
  readonly at: Date;
  readonly email: Email;
}

export interface MailCatcher {
  /** The page where the mail can be read. */
  readonly url: string;
  readonly smtpUrl: string;
  /** Oldest first. */
  readonly mails: readonly CaughtMail[];
  stop(): Promise<void>;
}

/**
 * A mail server that accepts everything and delivers nothing, with a page to read it. Loopback only.
 * @param options ports 0 choose free ones; `folder` keeps the mail over a restart; `notices` are shown beside the mail
 */
export async function startMailCatcher(options: { smtpPort?: number; pagePort?: number; folder?: string; notices?: () => Promise<readonly Notice[]> } = {}): Promise<MailCatcher> {
  const { folder } = options;
  const mails: CaughtMail[] = folder ? await readKept(folder) : [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(", ");
        keep(Buffer.concat(chunks), to).then(() => done(), done);
      });
    },
  });
  const keep = async (raw: Buffer, to: string) => {
    const email = await PostalMime.parse(new Uint8Array(raw));
    const mail = { number: mails.length + 1, to, at: new Date(), email };
    mails.push(mail);
    if (folder) await writeFile(path.join(folder, `${String(mail.number).padStart(5, "0")}.eml`), raw);
  };

  const page = createServer((request, response) => {
    const answer = (status: number, html: string) => {
      response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store", "content-security-policy": policy });
      response.end(html);
    };
    const mail = mails[Number(/^\/mail\/(\d+)$/.exec(request.url ?? "")?.[1]) - 1];
    if (mail) answer(200, mailPage(mail));
    else if (request.url !== "/") answer(404, missingPage());
    else (options.notices?.() ?? Promise.resolve([])).catch(() => []).then((notices) => answer(200, listPage(mails, notices)), () => response.destroy());
  });
  const smtpPort = await listen(smtp.server, options.smtpPort ?? 0);
  // A client that breaks off is its own business.
  smtp.on("error", () => undefined);
  const pagePort = await listen(page, options.pagePort ?? 0);
  return {
    url: `http://localhost:${pagePort}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    mails,
    async stop() {
      page.closeAllConnections();
      await Promise.all([new Promise<void>((done) => smtp.close(() => done())), new Promise<void>((done) => page.close(() => done()))]);
    },
  };
}

// Pictures in a letter may only be inline: reading a mail here must not call anybody.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : port;
}

async function readKept(folder: string): Promise<CaughtMail[]> {
  await mkdir(folder, { recursive: true });
  const files = (await readdir(folder)).filter((file) => file.endsWith(".eml")).sort();
  return Promise.all(
    files.map(async (file, index) => {
      const email = await PostalMime.parse(new Uint8Array(await readFile(path.join(folder, file))));
      const to = (email.to ?? []).map((recipient) => recipient.address ?? "").join(", ");
      return { number: index + 1, to, at: email.date ? new Date(email.date) : new Date(), email };
    }),
  );
}
