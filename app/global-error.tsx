"use client";
import de from "#lib/messages/de/global-error.json";
import en from "#lib/messages/en/global-error.json";
import es from "#lib/messages/es/global-error.json";
import fr from "#lib/messages/fr/global-error.json";
import pl from "#lib/messages/pl/global-error.json";
import uk from "#lib/messages/uk/global-error.json";
import "./_ui/tokens.css";
import "./_ui/base.css";

const words = { de, en, es, fr, pl, uk };

/** When even the frame cannot be drawn: the id to quote, nothing else. Nothing may be asked for here, so the browser's language must do. */
export default function GlobalError({ error }: { readonly error: unknown }) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  const wanted = typeof navigator === "undefined" ? [] : navigator.languages.map((tag) => tag.slice(0, 2));
  const locale = wanted.find((tag): tag is keyof typeof words => tag in words) ?? "en";
  const { title, text, id } = words[locale];
  return (
    <html lang={locale}>
      <body>
        <title>{title}</title>
        <main>
          <h1>{title}</h1>
          <p>{text}</p>
          {digest ? (
            <p>
              {id} <code>{digest}</code>
            </p>
          ) : null}
        </main>
      </body>
    </html>
  );
}
