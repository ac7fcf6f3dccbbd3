"use client";
import words from "#lib/messages/en/global-error.json";
import "./_ui/tokens.css";
import "./_ui/base.css";

/** When even the frame cannot be drawn: the id to quote, nothing else. Nothing may be asked for here. */
export default function GlobalError({ error }: { readonly error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <html lang="en">
      <body>
        <title>{words.title}</title>
        <main>
          <h1>{words.title}</h1>
          <p>{words.text}</p>
          {digest ? (
            <p>
              {words.id} <code>{digest}</code>
            </p>
          ) : null}
        </main>
      </body>
    </html>
  );
}
