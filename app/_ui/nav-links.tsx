"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";

export interface NavItem {
  readonly href: string;
  readonly label: string;
}

/** Links of a navigation; the one we are in or below is marked as the current page. */
export function NavLinks({ items }: { readonly items: readonly NavItem[] }) {
  const path = usePathname();
  // Of places within one another the innermost: the queue is not where one is while reading the register.
  const within = items.filter(({ href }) => path === href || path.startsWith(`${href}/`)).map(({ href }) => href);
  const innermost = within.toSorted((a, b) => b.length - a.length)[0];
  const here = (href: string) => href === innermost;
  return items.map(({ href, label }) => (
    <Link key={href} href={href} prefetch={false} aria-current={path === href ? "page" : here(href) ? "true" : undefined}>
      {label}
    </Link>
  ));
}
