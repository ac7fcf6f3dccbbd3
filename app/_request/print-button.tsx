"use client";
import type { ReactNode } from "react";
import { Button } from "#app/_ui/button.tsx";
import { useScript } from "#app/_ui/use-script.ts";

/** Printing needs script; without it there is no button that does nothing. */
export function PrintButton({ children }: { readonly children: ReactNode }) {
  return useScript() ? (
    <Button variant="quiet" onClick={() => { window.print(); }}>
      {children}
    </Button>
  ) : null;
}
