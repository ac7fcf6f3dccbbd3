import Link from "next/link";
import type { ReactNode } from "react";
import { NavLinks, type NavItem } from "./nav-links.tsx";
import { SkipLink } from "./skip-link.tsx";
import styles from "./frame.module.css";

export type { NavItem };

/** What stands around every page: skip link, the name of the place, the ways through it, who answers for it. */
export function Frame({
  skip,
  name,
  home,
  server,
  navLabel,
  nav = [],
  aside,
  footer,
  children,
  wide = false,
}: {
  readonly skip: string;
  readonly name: string;
  readonly home: string;
  /** The homeserver the portal belongs to. */
  readonly server: string;
  readonly navLabel: string;
  readonly nav?: readonly NavItem[];
  /** At the end of the header: who is signed in, sign out. */
  readonly aside?: ReactNode;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  readonly wide?: boolean;
}) {
  return (
    <div className={styles.frame} data-wide={wide || undefined}>
      <SkipLink>{skip}</SkipLink>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link href={home} prefetch={false} className={styles.name}>
            <span>{name}</span> <bdi className={styles.server}>{server}</bdi>
          </Link>
          {nav.length > 0 ? (
            <nav aria-label={navLabel} className={styles.nav}>
              <NavLinks items={nav} />
            </nav>
          ) : null}
          {aside ? <div className={styles.aside}>{aside}</div> : null}
        </div>
      </header>
      {children}
      {footer ? (
        <footer className={styles.footer}>
          <div className={styles.bar}>{footer}</div>
        </footer>
      ) : null}
    </div>
  );
}
