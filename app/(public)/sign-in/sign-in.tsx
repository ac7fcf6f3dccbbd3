"use client";
import { useMemo, useState } from "react";
import { Button } from "#app/_ui/button.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { useScript } from "#app/_ui/use-script.ts";
import { PasswordForm } from "./password-form.tsx";
import { SignInProblem } from "./problem.ts";
import styles from "./sign-in.module.css";
import { SsoButtons } from "./sso-buttons.tsx";
import { hasBlankEnds, readName } from "./typed-name.ts";
import { useDoor } from "./use-door.ts";
import { sentence, type SignInWords } from "./words.ts";

export interface SignInProps {
  /** Base URL of the homeserver. */
  readonly base: string;
  readonly serverName: string;
  readonly next: string;
  /** Filled in when the person is signed in already and proves it afresh. */
  readonly name: string;
  readonly language: string;
  readonly words: SignInWords;
}

const fieldOf: Readonly<Record<string, string>> = {
  name_missing: "name",
  name_other_server: "name",
  name_is_mail: "name",
  password_missing: "password",
  wrong_password: "password",
};

/** The browser talks to the homeserver; the portal gets the OpenID token and nothing else. */
export function SignIn({ base, serverName, next, name: known, language, words }: SignInProps) {
  const door = useDoor(base, next, words.deviceName);
  const [name, setName] = useState(known);
  const [tried, setTried] = useState(known);
  const busy = door.stage !== "ready";
  // What the server sends must not claim to ask: without script nobody does.
  const alive = useScript();

  const submit = (password: string) => {
    setTried(name);
    const found = readName(name, serverName);
    if ("problem" in found) return door.refuse(new SignInProblem(found.problem));
    if (password === "") return door.refuse(new SignInProblem("password_missing"));
    return door.withPassword(found.mxid, password);
  };
  // The same object while nothing new happened: the summary takes the focus whenever it gets a new one.
  const errors = useMemo(() => errorsOf(door.problem, words, language, tried), [door.problem, words, language, tried]);
  const offers = (type: string) => door.ways?.some((flow) => flow.type === type) ?? false;
  const nothing = door.ways !== null && !offers("m.login.password") && !offers("m.login.sso");

  if (door.stage === "arriving") return <p role="status">{words.arriving}</p>;
  return (
    <div className={styles.ways}>
      <ErrorSummary title={words.errorTitle} prefix={words.errorPrefix} errors={errors} />
      {alive && door.ways === null && door.stage === "asking" ? <p role="status">{words.asking}</p> : null}
      {door.ways === null && door.stage === "ready" ? (
        <div>
          <Button variant="secondary" onClick={door.askAgain}>
            {words.tryAgain}
          </Button>
        </div>
      ) : null}
      {offers("m.login.password") ? (
        <PasswordForm name={name} onName={setName} onSubmit={submit} busy={busy} working={door.stage === "password"} errors={errors} words={words} />
      ) : null}
      {offers("m.login.password") && offers("m.login.sso") ? <p className={styles.or}>{words.or}</p> : null}
      {offers("m.login.sso") ? <SsoButtons ways={door.ways ?? []} busy={busy} working={door.stage === "sso"} onChoose={door.withSso} words={words} /> : null}
      {nothing ? <p>{words.noWay}</p> : null}
    </div>
  );
}

function errorsOf(problem: SignInProblem | null, words: SignInWords, language: string, name: string): Record<string, string> {
  if (!problem) return {};
  const said = sentence(words, problem.key, problem, language);
  const hint = problem.key === "wrong_password" && hasBlankEnds(name) ? ` ${words.blankEnds}` : "";
  return { [fieldOf[problem.key] ?? ""]: said + hint };
}
