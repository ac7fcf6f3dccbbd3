import { useCallback, useEffect, useRef, useState } from "react";
import { type KeyList, keyList, keysPath } from "#lib/signing/signature-file.ts";
import { openZip } from "#lib/signing/verify/open-zip.ts";
import type { Verdict } from "#lib/signing/verify/verdict.ts";
import { verifyPackage } from "#lib/signing/verify/verify-package.ts";

export type CheckState =
  | { readonly stage: "idle" | "stopped" }
  | { readonly stage: "working"; readonly name: string; readonly done: number; readonly total: number }
  | { readonly stage: "done"; readonly verdict: Verdict }
  | { readonly stage: "certificate"; readonly text: string; readonly keys: KeyList | null };

export interface Check {
  readonly state: CheckState;
  /** A new file takes the place of one that is being checked. */
  start(zip: File): void;
  stop(): void;
}

/** Bar and words move this often: more would cost the time the check needs. */
const steps = 200;

export function useCheck(): Check {
  const [state, setState] = useState<CheckState>({ stage: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = useCallback((zip: File) => {
    running.current?.abort();
    const stopper = new AbortController();
    running.current = stopper;
    let shown = 0;
    const progress = (done: number, total: number) => {
      if (done - shown < total / steps && done < total) return;
      shown = done;
      setState({ stage: "working", name: zip.name, done, total });
    };
    setState({ stage: "working", name: zip.name, done: 0, total: 0 });
    found(zip, stopper.signal, progress).then(
      (state) => { if (!stopper.signal.aborted) setState(state); },
      // A file that went away while it was read is no more readable than one that never was a ZIP.
      () => { if (!stopper.signal.aborted) setState({ stage: "done", verdict: { kind: "unreadable" } }); },
    );
  }, []);
  const stop = () => {
    running.current?.abort();
    setState({ stage: "stopped" });
  };
  return { state, start, stop };
}

/** No certificate is larger; and what is no ZIP and too large is not read whole to find out what it is. */
const certificateBytes = 8 << 20;

/** A package by its check; a certificate of erasure (JSON) as it is, since its holder types more. */
async function found(file: File, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<CheckState> {
  if (file.size <= certificateBytes && /^\s*\{/.test(await file.slice(0, 64).text())) return { stage: "certificate", text: await file.text(), keys: await publishedKeys(signal) };
  return { stage: "done", verdict: await check(file, signal, progress) };
}

async function check(zip: File, signal: AbortSignal, progress: (done: number, total: number) => void): Promise<Verdict> {
  const files = await openZip(zip).catch(() => null);
  signal.throwIfAborted();
  return files ? await verifyPackage(files, await publishedKeys(signal), { signal, progress }) : { kind: "unreadable" };
}

/** The one request of this page. Null when there is no answer, or one that is no list of keys. */
async function publishedKeys(signal: AbortSignal): Promise<KeyList | null> {
  try {
    const answer = await fetch(keysPath, { credentials: "omit", signal });
    return answer.ok ? (keyList.safeParse(await answer.json()).data ?? null) : null;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}
