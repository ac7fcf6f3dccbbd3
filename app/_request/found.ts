import { notFound } from "next/navigation";
import { DomainError } from "#lib/errors.ts";

/** A view's answer, or the page that says there is nothing here: the same for what is not yours and what never was. */
export async function found<T>(view: Promise<T>): Promise<T> {
  try {
    return await view;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") notFound();
    throw error;
  }
}
