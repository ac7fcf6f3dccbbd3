"use client";
import { useEffect, useState } from "react";

/** "in 42 seconds", counting down by itself; without script it stays at the first number. */
export function Countdown({ seconds, locale }: { readonly seconds: number; readonly locale: string }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const end = performance.now() + seconds * 1000;
    const timer = setInterval(() => {
      setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [seconds]);
  return <span role="timer">{new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(left, "second")}</span>;
}
