import type { ReactNode } from "react";
import styles from "./offer.module.css";

export function Offers({ children }: { readonly children: ReactNode }) {
  return <div className={styles.offers}>{children}</div>;
}

/** One thing a person can do: what it is, what it takes, and the way in. */
export function Offer({ title, about, action }: { readonly title: ReactNode; readonly about: ReactNode; readonly action: ReactNode }) {
  return (
    <div className={styles.offer}>
      <h3>{title}</h3>
      <p className={styles.about}>{about}</p>
      <div className={styles.action}>{action}</div>
    </div>
  );
}
