import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { When } from "#app/_ui/when.tsx";
import type { RequestView } from "#lib/requests/views.ts";

/** Which sentence describes the request now; a key under requests.status. */
export function statusOf({ state, frozen, checking, progress, timeline }: RequestView) {
  if (frozen && state !== "expired") return "frozen";
  if (checking) return "checking";
  if (state === "running" && progress?.attempts === 0) return "queued";
  if (state === "expired" && timeline.some(({ event }) => event === "confirmed")) return "frozenOver";
  return state;
}

/** The same as a title. A request about consent has words of its own where those of a copy would be wrong. */
export async function statusTitle(request: RequestView): Promise<string> {
  const t = await getTranslations("requests.status");
  const review = await getTranslations("review.person");
  const status = statusOf(request);
  return request.review && isOwn(status) ? review(`${status}.title`) : t(`${status}.title`);
}

const isOwn = (status: string): status is "review" | "fulfilled" | "frozen" => ["review", "fulfilled", "frozen"].includes(status);

/** What the state means for the person, in a sentence or two. */
export function Status({ request }: { readonly request: RequestView }) {
  const t = useTranslations("requests.status");
  const status = statusOf(request);
  const review = useTranslations("review.person");
  if (request.review && isOwn(status)) return review(`${status}.lead`);
  const until = request.package?.expiresAt;
  return t.rich(`${status}.lead`, { until: () => (until ? <When at={until} day /> : null) });
}
