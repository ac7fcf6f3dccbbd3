"use client";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Progress } from "#app/_ui/progress.tsx";
import type { ProgressWords } from "./progress-words.ts";

const everyMs = 2_000;

/** Asks every two seconds while the page is looked at, and reads the page again when the build is over. */
export function LiveProgress({
  path,
  first,
  done,
  lost,
}: {
  readonly path: string;
  readonly first: ProgressWords;
  /** Shown in the moment between the end of the build and the new page. */
  readonly done: string;
  /** Shown while the portal does not answer. */
  readonly lost: string;
}) {
  const router = useRouter();
  const [now, setNow] = useState(first);
  const [answered, setAnswered] = useState(true);

  useEffect(() => {
    const look = async () => {
      if (document.hidden) return;
      try {
        const answer = await fetch(path, { headers: { accept: "application/json" }, cache: "no-store" });
        // Sent elsewhere: the sign-in is over, and the page itself knows the way.
        if (answer.redirected) {
          router.refresh();
          return;
        }
        setAnswered(answer.ok);
        if (!answer.ok) return;
        const words = (await answer.json()) as ProgressWords;
        setNow(words);
        if (words.running) return;
        clearInterval(timer);
        router.refresh();
      } catch {
        setAnswered(false);
      }
    };
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      clearInterval(timer);
    };
  }, [path, router]);

  const detail = answered ? (now.running ? now.detail : done) : lost;
  return <Progress label={now.label} detail={detail} done={now.running ? now.done : 1} total={now.running ? now.total : 1} />;
}
