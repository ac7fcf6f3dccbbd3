import { useTranslations } from "next-intl";
import { Badge, type BadgeIcon, type Tone } from "#app/_ui/badge.tsx";
import type { RequestKind, RequestState } from "#lib/db/generated/enums.ts";

const looks: Readonly<Record<RequestState | "frozen" | "asked", readonly [BadgeIcon, Tone]>> = {
  unconfirmed: ["key", "warning"],
  review: ["clock", "accent"],
  grace: ["clock", "accent"],
  running: ["work", "accent"],
  ready: ["package", "success"],
  failed: ["alert", "danger"],
  fulfilled: ["check", "neutral"],
  denied: ["ban", "neutral"],
  withdrawn: ["undo", "neutral"],
  expired: ["cross", "neutral"],
  frozen: ["frozen", "danger"],
  asked: ["key", "warning"],
};

/** The state of a request in an icon and a word. Frozen wins: it stops everything else; and what waits for an answer of the person says so. */
export function StateBadge({
  kind = "export",
  state,
  frozen,
  asked,
  words = "requests.state",
}: {
  readonly kind?: RequestKind;
  readonly state: RequestState;
  readonly frozen: boolean;
  readonly asked: boolean;
  /** The desk says it from its own side. */
  readonly words?: "requests.state" | "desk.state";
}) {
  const t = useTranslations(words);
  const shown = frozen ? "frozen" : asked ? "asked" : state;
  const [icon, tone] = looks[shown];
  const word = kind === "erasure" && shown === "running" ? "erasing" : kind === "erasure" && shown === "failed" ? "stuck" : shown;
  return (
    <Badge icon={icon} tone={tone}>
      {t(word)}
    </Badge>
  );
}
