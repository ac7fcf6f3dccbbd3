"use client";
import { useSyncExternalStore, type ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";

const never = () => () => {};

/** Printing needs script; without it there is no button that does nothing. */
export function PrintButton({ children }: { readonly children: ReactNode }) {
  const script = useSyncExternalStore(never, () => true, () => false);
  return script ? (
    <Button variant="quiet" onClick={() => { window.print(); }}>
      {children}
    </Button>
  ) : null;
}
