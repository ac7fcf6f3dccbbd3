import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleX,
  Clock,
  KeyRound,
  LoaderCircle,
  Package,
  Snowflake,
  TriangleAlert,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./badge.module.css";

const icons = {
  key: KeyRound,
  clock: Clock,
  work: LoaderCircle,
  package: Package,
  check: CircleCheck,
  cross: CircleX,
  ban: Ban,
  undo: Undo2,
  alert: CircleAlert,
  warning: TriangleAlert,
  frozen: Snowflake,
} satisfies Record<string, LucideIcon>;

export type BadgeIcon = keyof typeof icons;
export type Tone = "neutral" | "accent" | "success" | "warning" | "danger";

/** A state in an icon and a word; the colour only helps. */
export function Badge({ icon, tone = "neutral", children }: { readonly icon: BadgeIcon; readonly tone?: Tone; readonly children: ReactNode }) {
  const Icon = icons[icon];
  return (
    <span className={classes(styles.badge, styles[tone])}>
      <Icon aria-hidden size="1.1em" />
      <span>{children}</span>
    </span>
  );
}
