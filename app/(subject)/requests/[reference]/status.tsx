import { useTranslations } from "next-intl";
import { When } from "#app/_ui/when.tsx";
import type { RequestView } from "#lib/requests/views.ts";

/** Which sentence describes the request now; a key under requests.status. */
export function statusOf({ state, frozen, progress, timeline }: RequestView) {
  if (frozen && state !== "expired") return "frozen";
  if (state === "running" && progress?.attempts === 0) return "queued";
  if (state === "expired" && timeline.some(({ event }) => event === "confirmed")) return "frozenOver";
  return state;
}

/** What the state means for the person, in a sentence or two. */
export function Status({ request }: { readonly request: RequestView }) {
  const t = useTranslations("requests.status");
  const status = statusOf(request);
  const until = request.package?.expiresAt;
  return t.rich(`${status}.lead`, { until: () => (until ? <When at={until} day /> : null) });
}
