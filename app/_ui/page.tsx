import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import styles from "./page.module.css";

/** The main column of a page: one h1, an optional lead, then sections with room between them. */
export function Page({
  title,
  eyebrow,
  lead,
  children,
  wide = false,
}: {
  readonly title: ReactNode;
  /** A line above the title: where we are, which request. */
  readonly eyebrow?: ReactNode;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <main id="main" tabIndex={-1} className={classes(styles.page, wide && styles.wide)}>
      <header className={styles.head}>
        {eyebrow ? <div className={styles.eyebrow}>{eyebrow}</div> : null}
        <h1>{title}</h1>
        {lead ? <div className={styles.lead}>{lead}</div> : null}
      </header>
      {children}
    </main>
  );
}

/** A part of a page under its own heading. */
export function Section({
  title,
  id,
  children,
}: {
  readonly title: ReactNode;
  /** Names the section for links and for its label; unique on the page. */
  readonly id: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** Running text at reading width. */
export function Prose({ children }: { readonly children: ReactNode }) {
  return <div className={styles.prose}>{children}</div>;
}

/**
 * What matters most, beside it what explains it, then the rest. Where there is no room for two columns they follow
 * each other in this order.
 */
export function Columns({ children, aside, rest }: { readonly children: ReactNode; readonly aside: ReactNode; readonly rest?: ReactNode }) {
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>{children}</div>
      <div className={classes(styles.stack, styles.beside)}>{aside}</div>
      {rest ? <div className={styles.stack}>{rest}</div> : null}
    </div>
  );
}
