import type { CaughtMail } from "./mail-catcher.ts";

const style = `
  :root { color-scheme: light dark; --ink: light-dark(#1d2420, #e8ece9); --quiet: light-dark(#56615b, #a3aea8); --ground: light-dark(#fbfbf8, #151a17); --line: light-dark(#d5dad6, #343d38); --accent: light-dark(#1f6b45, #7fd1a4); }
  body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.5 system-ui, sans-serif; }
  main { max-width: 46rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
  h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
  a { color: var(--accent); }
  ul { list-style: none; padding: 0; border-top: 1px solid var(--line); }
  article { padding: .75rem 0 0; }
  li > a { display: block; padding: .75rem 0; border-bottom: 1px solid var(--line); text-decoration: none; color: inherit; }
  li strong { display: block; color: var(--accent); overflow-wrap: anywhere; }
  li span, p.quiet, dl { color: var(--quiet); font-size: .9375rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; } dd { margin: 0; overflow-wrap: anywhere; }
  iframe { box-sizing: border-box; width: 100%; height: 40rem; border: 1px solid var(--line); background: Canvas; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 1rem/1.5 ui-monospace, monospace; border: 1px solid var(--line); padding: 1rem; }
  a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }`;

/** What the homeserver told a person in its notices room. */
export interface Notice {
  readonly to: string;
  readonly at: Date;
  readonly text: string;
}

/** Newest first; looks for new mail by itself. */
export function listPage(mails: readonly CaughtMail[], notices: readonly Notice[] = []): string {
  const rows = mails.toReversed().map(
    ({ number, to, at, email }) => `<li><a href="/mail/${number}"><strong>${text(email.subject ?? "(no subject)")}</strong><span>to ${text(to)}, ${when(at)}</span></a></li>`,
  );
  const list = rows.length > 0 ? `<ul>${rows.join("")}</ul>` : "<p>No mail yet. Ask for a copy of your data in the portal and the first one will arrive here.</p>";
  const told = notices.map((notice) => `<li><article><span>to ${text(notice.to)}, ${when(notice.at)}</span><pre>${linked(notice.text)}</pre></article></li>`);
  const side = told.length > 0 ? `<h2>Server notices</h2><p class="quiet">What people see in their Matrix client.</p><ul>${told.join("")}</ul>` : "";
  return frame("Mail", `<h1>Mail</h1><p class="quiet">Nothing the demo sends leaves this machine. This page reloads every five seconds.</p>${list}${side}`, '<meta http-equiv="refresh" content="5">');
}

export function mailPage({ to, at, email }: CaughtMail): string {
  const subject = text(email.subject ?? "(no subject)");
  const from = email.from?.address ?? "";
  const facts = `<dl><dt>From</dt><dd>${text(from)}</dd><dt>To</dt><dd>${text(to)}</dd><dt>At</dt><dd>${when(at)}</dd></dl>`;
  // No scripts and no origin inside; links open in a tab of their own so that the letter can be tried out.
  const html = email.html
    ? `<h2>As formatted</h2><iframe title="The letter as formatted" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${text(`<base target="_blank">${email.html}`)}"></iframe>`
    : "<p>This letter has no formatted part.</p>";
  return frame(subject, `<p><a href="/">All mail</a></p><h1>${subject}</h1>${facts}${html}<h2>As plain text</h2><pre>${linked(email.text ?? "")}</pre>`);
}

export function missingPage(): string {
  return frame("No such mail", '<h1>No such mail</h1><p><a href="/">All mail</a></p>');
}

function frame(title: string, body: string, head = ""): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title>${head}<style>${style}</style></head><body><main>${body}</main></body></html>`;
}

function text(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function linked(value: string): string {
  return value.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => (index % 2 ? `<a href="${text(part)}" target="_blank" rel="noopener">${text(part)}</a>` : text(part))).join("");
}

function when(at: Date): string {
  return at.toISOString().slice(0, 19).replace("T", " ") + " UTC";
}
