"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server again every few seconds; without script the browser reloads the page. */
export function LookAgain({ seconds }: { readonly seconds: number }) {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), seconds * 1000);
    return () => clearInterval(timer);
  }, [router, seconds]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={String(seconds)} />
    </noscript>
  );
}
