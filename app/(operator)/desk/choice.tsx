import Link from "next/link";
import styles from "./filters.module.css";

/** A filter as a link: chosen or not, with how many it would show. */
export function Choice(props: { readonly href: string; readonly on: boolean; readonly count?: number; readonly children: string }) {
  return (
    <Link href={props.href} prefetch={false} aria-current={props.on ? "true" : undefined} className={styles.choice}>
      {props.children}
      {props.count === undefined ? null : <span className={styles.count}>{props.count}</span>}
    </Link>
  );
}
