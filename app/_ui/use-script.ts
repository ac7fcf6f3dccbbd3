"use client";
import { useSyncExternalStore } from "react";

const never = () => () => {};

/** Whether script has taken the page over: what only it can do must not be offered before. False in what the server sends. */
export function useScript(): boolean {
  return useSyncExternalStore(never, () => true, () => false);
}
