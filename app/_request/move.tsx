import { useTranslations } from "next-intl";
import type { RequestRow } from "#lib/requests/view-row.ts";

/** Whose move it is, in a sentence. */
export function Move({ request: { kind, state, frozen, held, asked } }: { readonly request: RequestRow }) {
  const t = useTranslations("requests.next");
  const erasure = useTranslations("erasure.next");
  const clock = useTranslations("clock");
  if (asked && !frozen) return clock("person.move");
  if (kind !== "erasure" || state === "ready") return t(frozen ? "frozen" : state);
  const key = frozen ? "frozen" : held ? "held" : state;
  return erasure.has(key) ? erasure(key as "grace") : t(state);
}
