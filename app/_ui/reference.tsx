import styles from "./reference.module.css";

/** A request's name, as people read it aloud: 7F3K-29QD. */
export function Reference({ value }: { readonly value: string }) {
  return <bdi className={styles.reference}>{value}</bdi>;
}
