import Link from "next/link";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./button.module.css";

export type ButtonVariant = "primary" | "secondary" | "danger" | "quiet";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "style"> & {
  readonly variant?: ButtonVariant;
};

/** A plain button; in a form that acts, prefer SubmitButton, which cannot be pressed twice. */
export function Button({ variant = "primary", type = "button", ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={classes(styles.button, styles[variant])} />;
}

/** A link that looks like a button: for going somewhere, never for changing anything. */
export function ButtonLink({
  href,
  variant = "primary",
  children,
}: {
  readonly href: string;
  readonly variant?: ButtonVariant;
  readonly children: ReactNode;
}) {
  return (
    <Link href={href} prefetch={false} className={classes(styles.button, styles[variant])}>
      {children}
    </Link>
  );
}

/** Buttons side by side, under each other on a phone. The safe choice comes first. */
export function ButtonRow({ children }: { readonly children: ReactNode }) {
  return <div className={styles.row}>{children}</div>;
}
