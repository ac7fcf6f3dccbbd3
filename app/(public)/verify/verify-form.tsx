"use client";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "#app/_ui/button.tsx";
import { FieldFrame, describedBy } from "#app/_ui/field-frame.tsx";
import { fieldId } from "#app/_ui/field-id.ts";
import { Notice } from "#app/_ui/notice.tsx";
import { Progress } from "#app/_ui/progress.tsx";
import { spokenBytes } from "./spoken-bytes.ts";
import { CertificateView } from "./certificate-view.tsx";
import { useCheck } from "./use-check.ts";
import { VerdictView } from "./verdict-view.tsx";
import styles from "./verify.module.css";
import { filled, type VerifyWords } from "./words.ts";

/** Choose a file, see how far the check is, read what it found. */
export function VerifyForm({ words, language }: { readonly words: VerifyWords; readonly language: string }) {
  const { state, start, stop } = useCheck();
  const { form } = words;
  const input = useRef<HTMLInputElement>(null);
  const check = useCallback(() => {
    const [file] = input.current?.files ?? [];
    if (file) start(file);
  }, [start]);
  // What somebody chose while the page was still waking, on a slow phone or before going back to it, is not forgotten.
  useEffect(check, [check]);
  const bytes = (count: number) => spokenBytes(count, language);
  return (
    <div className={styles.check}>
      <FieldFrame name="package" label={form.file} hint={form.hint} error={undefined} prefix="">
        <input
          ref={input}
          id={fieldId("package")}
          type="file"
          accept=".zip,application/zip,.json,application/json"
          className={styles.file}
          aria-describedby={describedBy("package", form.hint, undefined)}
          onChange={check}
        />
      </FieldFrame>
      {state.stage === "working" ? (
        <>
          <Progress
            label={filled(form.reading, { name: state.name })}
            detail={state.total === 0 ? form.starting : filled(form.progress, { done: bytes(state.done), total: bytes(state.total) })}
            done={state.done}
            total={state.total}
          />
          <div>
            <Button variant="secondary" onClick={stop}>
              {form.stop}
            </Button>
          </div>
        </>
      ) : null}
      <div role="status" className={styles.answer}>
        {state.stage === "stopped" ? <Notice title={form.stopped} /> : null}
        {state.stage === "done" ? <VerdictView verdict={state.verdict} words={words} language={language} /> : null}
      </div>
      {state.stage === "certificate" ? <CertificateView key={state.text} text={state.text} keys={state.keys} words={words} language={language} /> : null}
    </div>
  );
}
