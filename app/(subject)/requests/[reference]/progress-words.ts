import { getTranslations } from "next-intl/server";
import type { RequestView } from "#lib/requests/views.ts";

/** Progress as the page shows it: already in words, so that the browser needs no catalogue. */
export interface ProgressWords {
  /** False once the build is over, whichever way: the page then reads itself again. */
  readonly running: boolean;
  readonly label: string;
  readonly detail: string;
  readonly done: number;
  readonly total: number;
}

export async function progressWords({ state, progress }: Pick<RequestView, "state" | "progress">): Promise<ProgressWords> {
  const t = await getTranslations("requests.progress");
  const kinds = await getTranslations("kinds");
  const { kind = null, done = 0, total = 0, attempts = 0 } = progress ?? {};
  const count = kind === "checking" ? "" : total > 0 ? t("count", { done, total }) : done > 0 ? t("countUnknown", { done }) : "";
  const again = attempts > 1 ? t("attempt", { attempt: attempts }) : "";
  return {
    running: state === "running",
    label: attempts === 0 ? t("queued") : kind === "checking" ? t("checking") : kind ? t("kind", { name: kinds(`${kind}.title`) }) : t(done > 0 ? "sealing" : "starting"),
    detail: [count, again].filter(Boolean).join(" "),
    done,
    total,
  };
}
