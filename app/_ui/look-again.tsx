"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Reads the page again every few seconds while it is looked at. Without script the whole page is loaded again, unless it
 * holds a form (`keep`): what was typed would be lost.
 */
export function LookAgain({ seconds, keep = false }: { readonly seconds: number; readonly keep?: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, seconds * 1000);
    return () => {
      clearInterval(timer);
    };
  }, [router, seconds]);
  return keep ? null : (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.max(seconds, 5))} />
    </noscript>
  );
}
