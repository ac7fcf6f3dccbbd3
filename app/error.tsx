"use client";
import { useErrorWords } from "./_server/error-words.tsx";
import { Button, ButtonLink, ButtonRow } from "./_ui/button.tsx";
import { Page } from "./_ui/page.tsx";

/** A page that broke. The log has the reason under the same id; the person gets the id and nothing of the reason. */
export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const words = useErrorWords();
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  if (!words) return null;
  return (
    <Page title={words.title} lead={words.lead}>
      <p>{words.text}</p>
      {digest ? (
        <p>
          {words.id} <code>{digest}</code>
        </p>
      ) : null}
      <ButtonRow>
        <Button onClick={retry}>{words.again}</Button>
        <ButtonLink href="/" variant="secondary">
          {words.home}
        </ButtonLink>
      </ButtonRow>
    </Page>
  );
}
