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
  const here = (href: string) => path === href || path.startsWith(`${href}/`);
  return items.map(({ href, label }) => (
    <Link key={href} href={href} prefetch={false} aria-current={path === href ? "page" : here(href) ? "true" : undefined}>
      {label}
    </Link>
  ));
}
