import { useTranslations } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { dateWords } from "#app/_ui/dates.ts";
import type { WebContext } from "#lib/context.ts";
import type { RequestView } from "#lib/requests/views.ts";

type Standing = Pick<RequestView, "state" | "frozen" | "erasure" | "timeline">;

/** Which sentence describes an erasure now; a key under erasure.status. */
export function standingOf({ state, frozen, erasure, timeline }: Standing, now: Date) {
  const closed = state === "denied" || state === "withdrawn" || state === "expired" || state === "fulfilled";
  if (frozen && !closed) return "frozen";
  if (erasure?.hold && !closed) return "held";
  if (state === "review") return timeline.some(({ event }) => event === "agreed") ? "agreed" : "review";
  if (state === "grace") return erasure?.notBefore && erasure.notBefore > now ? "grace" : "graceWaits";
  return state === "ready" ? "running" : state;
}

/** With the date in it where there is one: what the page is about. */
export async function erasureTitle(request: RequestView, { now, policy }: WebContext): Promise<string> {
  const t = await getTranslations("erasure.status");
  const at = request.erasure?.notBefore;
  const date = at ? dateWords(await getLocale(), policy.timeZone).day(at) : "";
  return t(`${standingOf(request, now())}.title`, { date });
}

export function ErasureStatus({ request, now }: { readonly request: RequestView; readonly now: Date }) {
  const t = useTranslations("erasure.status");
  return t(`${standingOf(request, now)}.lead`);
}
