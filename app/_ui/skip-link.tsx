import type { ReactNode } from "react";
import styles from "./frame.module.css";

/** First stop of the keyboard: past the header, to `<main id="main">`. */
export function SkipLink({ children }: { readonly children: ReactNode }) {
  return (
    <a href="#main" className={styles.skip}>
      {children}
    </a>
  );
}
