"use client";
import { Button } from "#app/_ui/button.tsx";
import type { Flow } from "./homeserver.ts";
import styles from "./sign-in.module.css";
import type { SignInWords } from "./words.ts";

/** One button for each identity provider the homeserver names, or one for all. */
export function SsoButtons({
  ways,
  busy,
  working,
  onChoose,
  words,
}: {
  readonly ways: readonly Flow[];
  readonly busy: boolean;
  readonly working: boolean;
  readonly onChoose: (provider: string | null) => void;
  readonly words: SignInWords;
}) {
  const named = ways.find((flow) => flow.type === "m.login.sso")?.identity_providers ?? [];
  const choices = named.length > 0 ? named.map(({ id, name }) => ({ id, label: words.ssoWith.replace("{provider}", name) })) : [{ id: null, label: words.sso }];
  return (
    <div className={styles.sso} role="status">
      {working ? <p>{words.ssoWorking}</p> : null}
      {choices.map(({ id, label }) => (
        <Button key={id ?? ""} variant="secondary" aria-disabled={busy || undefined} onClick={() => !busy && onChoose(id)}>
          {label}
        </Button>
      ))}
    </div>
  );
}
