import type { ReactNode } from "react";
import { dateWords } from "#app/_ui/dates.ts";
import { Notice } from "#app/_ui/notice.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { visible } from "#lib/export/visible.ts";
import { type Checked, isWhole, type Verdict } from "#lib/signing/verify/verdict.ts";
import { spokenBytes } from "./spoken-bytes.ts";
import styles from "./verify.module.css";
import { filled, type VerifyWords } from "./words.ts";

interface Props {
  readonly verdict: Verdict;
  readonly words: VerifyWords;
  readonly language: string;
}

/** What was found, the answer first and then each thing that was looked at. Names in it are a stranger's. */
export function VerdictView({ verdict, words, language }: Props) {
  if (verdict.kind !== "checked") {
    return (
      <Notice tone="danger" title={words.outcome[verdict.kind]}>
        <p>{words.explained[verdict.kind]}</p>
      </Notice>
    );
  }
  const tone = isWhole(verdict) ? "success" : verdict.signature === "no_keys" && wrongFiles(verdict) === 0 ? "warning" : "danger";
  return (
    <>
      <Notice tone={tone} title={words.outcome[outcome(verdict)]} />
      <SummaryList facts={facts(verdict, words, language)} />
    </>
  );
}

function wrongFiles({ changed, missing, surplus }: Checked): number {
  return changed.length + missing.length + surplus.length;
}

function outcome(verdict: Checked): string {
  if (isWhole(verdict)) return "whole";
  // Without its signature a file is missing too; that nobody vouches is what matters then.
  if (verdict.signature === "unsigned") return "unsigned";
  return wrongFiles(verdict) > 0 ? "altered" : verdict.signature;
}

function facts(verdict: Checked, { form, signatures }: VerifyWords, language: string) {
  const { subject, server, controller, reference, writtenAt } = verdict.says;
  // In the zone of whoever looks: the page knows no other, and the zone is named.
  const date = dateWords(language, new Intl.DateTimeFormat().resolvedOptions().timeZone).moment(new Date(writtenAt));
  const good = filled(form.allFiles, { count: verdict.files.toLocaleString(language), bytes: spokenBytes(verdict.bytes, language) });
  const lists = (["changed", "missing", "surplus"] as const).filter((name) => verdict[name].length > 0);
  return [
    ...(lists.length === 0 ? [{ key: "files", term: form.files, value: good }] : []),
    ...lists.map((name) => ({ key: name, term: form[name], value: <Names paths={verdict[name]} more={form.more} /> })),
    {
      key: "signature",
      term: form.signature,
      value: <Lines lines={[signatures[verdict.signature], verdict.kid === null ? null : <code key="kid">{filled(form.key, { kid: verdict.kid })}</code>]} />,
    },
    {
      key: "says",
      term: form.says,
      value: (
        <Lines
          lines={[
            filled(form.saysText, { subject: visible(subject), server: visible(server), controller: visible(controller), date }),
            reference === null ? null : filled(form.saysReference, { reference: visible(reference) }),
          ]}
        />
      ),
    },
  ];
}

function Lines({ lines }: { readonly lines: readonly ReactNode[] }) {
  return (
    <ul className={styles.lines}>
      {lines.filter((line) => line !== null).map((line, at) => (
        <li key={at}>{line}</li>
      ))}
    </ul>
  );
}

/** More than a screen of names tells nobody anything. */
const shown = 50;

function Names({ paths, more }: { readonly paths: readonly string[]; readonly more: string }) {
  const rest = paths.length - shown;
  const names = paths.slice(0, shown).map((path) => (
    <bdi key={path}>
      <code>{visible(path)}</code>
    </bdi>
  ));
  return <Lines lines={[...names, rest > 0 ? filled(more, { count: String(rest) }) : null]} />;
}
