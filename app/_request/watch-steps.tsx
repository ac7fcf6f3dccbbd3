"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";

const everyMs = 3_000;

/** Asks whether there is news while the page is looked at, and reads the page again only then: nothing jumps for nothing. */
export function WatchSteps({ path, seen, lost }: { readonly path: string; readonly seen: string; readonly lost: string }) {
  const router = useRouter();
  const [answered, setAnswered] = useState(true);
  useEffect(() => {
    const look = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
        if (answer.redirected) {
          router.refresh();
          return;
        }
        setAnswered(answer.ok);
        if (!answer.ok) return;
        const { running, mark } = (await answer.json()) as { running: boolean; mark: string };
        if (!running || mark !== seen) router.refresh();
      } catch {
        setAnswered(false);
      }
    };
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [path, seen, router]);
  return <p role="status">{answered ? null : lost}</p>;
}
