"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Reads the page again every few seconds while it is looked at; without script the whole page is loaded again. */
export function LookAgain({ seconds }: { readonly seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) router.refresh();
    }, seconds * 1000);
    return () => {
      clearInterval(timer);
    };
  }, [router, seconds]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(Math.max(seconds, 5))} />
    </noscript>
  );
}
