"use client";
import type { MouseEvent, ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { Button, type ButtonVariant } from "./button.tsx";

/**
 * Sends its form once. While the answer is awaited it says so in words (`pending`) and swallows further
 * presses; it stays focusable, so that a screen reader is not thrown out of the form.
 */
export function SubmitButton({
  variant = "primary",
  pending,
  children,
  name,
  value,
}: {
  readonly variant?: ButtonVariant;
  readonly pending?: ReactNode;
  readonly children: ReactNode;
  readonly name?: string;
  readonly value?: string;
}) {
  const status = useFormStatus();
  const swallow = (event: MouseEvent) => {
    if (status.pending) event.preventDefault();
  };
  return (
    <Button type="submit" variant={variant} name={name} value={value} aria-disabled={status.pending || undefined} onClick={swallow}>
      {status.pending && pending ? pending : children}
    </Button>
  );
}
