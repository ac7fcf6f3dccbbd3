import Link from "next/link";
import { useTranslations } from "next-intl";

/** To the officer, for what no button settles. */
export function AskLink({ policy }: { readonly policy?: string }) {
  const t = useTranslations("review");
  const href = policy === undefined ? "/requests/new/consent" : `/requests/new/consent?policy=${encodeURIComponent(policy)}`;
  return <p>{t.rich("link", { ask: (words) => <Link key="a" href={href} prefetch={false}>{words}</Link> })}</p>;
}
