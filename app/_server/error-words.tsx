"use client";
import { createContext, useContext, type ReactNode } from "react";

/** The sentences of the error page, carried by the layout: when a page breaks, nobody can be asked for them. */
export interface ErrorWords {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  readonly id: string;
  readonly again: string;
  readonly home: string;
}

const Context = createContext<ErrorWords | null>(null);

export function ErrorWordsProvider({ words, children }: { readonly words: ErrorWords; readonly children: ReactNode }) {
  return <Context value={words}>{children}</Context>;
}

export const useErrorWords = (): ErrorWords | null => useContext(Context);
