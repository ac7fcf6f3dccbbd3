import type { Stage } from "#lib/export/order.ts";
import { defaultLocale, translator, type Translate } from "#lib/messages/messages.ts";

export interface Terminal {
  /** Namespace `package`. */
  readonly t: Translate;
  /** The answer, on standard output. */
  say(text: string): void;
  /** Anything else, on standard error. */
  tell(text: string): void;
  /** One line that is written over, only on a terminal. */
  progress(stage: Stage, done: number, total: number): void;
  endProgress(): void;
}

const everyMs = 200;

export function openTerminal(streams: Pick<NodeJS.Process, "stdout" | "stderr"> = process): Terminal {
  const t = translator(defaultLocale, "package");
  const kinds = translator(defaultLocale, "kinds");
  const { stdout, stderr } = streams;
  let last = 0;
  let open = false;
  const write = (text: string) => {
    open = true;
    stderr.write(`\r\u001B[2K${text}`);
  };
  return {
    t,
    say: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    progress(stage, done, total) {
      if (!stderr.isTTY || (performance.now() - last < everyMs && done < total)) return;
      last = performance.now();
      write(stage === "checking" ? t("cli.checking", { part: total > 0 ? done / total : 0 }) : t("cli.reading", { kind: kinds(`${stage}.title`), done, total }));
    },
    endProgress() {
      if (open) stderr.write("\n");
      open = false;
    },
  };
}
