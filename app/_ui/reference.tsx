import styles from "./reference.module.css";

/** A request's name, grouped as people read it aloud: 7F3K-29QD. */
export function Reference({ value }: { readonly value: string }) {
  return <bdi className={styles.reference}>{grouped(value)}</bdi>;
}

export function grouped(reference: string): string {
  return reference.replace(/^(.{4})(.{4})$/, "$1-$2");
}
