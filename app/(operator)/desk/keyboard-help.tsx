"use client";
import { useEffect, useRef } from "react";
import { Button } from "#app/_ui/button.tsx";
import { classes } from "#app/_ui/classes.ts";
import { useScript } from "#app/_ui/use-script.ts";
import styles from "./keyboard-help.module.css";

/**
 * j and k walk through the rows (`[data-row]`), Enter is the link's own, "/" goes to the search, "?" shows this list.
 * Single keys are left alone while somebody types or holds a modifier (WCAG 2.1.4: they only act on the desk's list).
 */
export function KeyboardHelp(props: {
  readonly keys: readonly (readonly [string, string])[];
  readonly title: string;
  readonly close: string;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const script = useScript();

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || dialog.current?.open) return;
      const act = actions[event.key];
      if (event.key === "?") dialog.current?.showModal();
      else if (act) act();
      else return;
      event.preventDefault();
    };
    document.querySelector("[data-row][aria-current]")?.scrollIntoView({ block: "nearest" });
    document.addEventListener("keydown", press);
    return () => {
      document.removeEventListener("keydown", press);
    };
  }, []);

  return (
    <>
      <div className={classes(styles.hint, !script && styles.unready)}>
        <Button variant="quiet" onClick={() => dialog.current?.showModal()}>
          {props.title} <kbd aria-hidden>?</kbd>
        </Button>
      </div>
      <dialog ref={dialog} className={styles.dialog} aria-labelledby="keys-title">
        <h2 id="keys-title">{props.title}</h2>
        <dl className={styles.keys}>
          {props.keys.map(([key, words]) => (
            <div key={key}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{words}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog">
          <Button type="submit" variant="secondary">
            {props.close}
          </Button>
        </form>
      </dialog>
    </>
  );
}

const actions: Readonly<Record<string, () => void>> = {
  j: () => {
    walk(1);
  },
  k: () => {
    walk(-1);
  },
  x: () => {
    document.activeElement?.closest("tr")?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
  },
  "/": () => {
    document.querySelector<HTMLElement>("#desk-search")?.focus();
  },
};

function walk(by: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row]")].filter((row) => row.offsetParent !== null);
  const at = rows.findIndex((row) => row === document.activeElement);
  const start = at >= 0 ? at : rows.findIndex((row) => row.ariaCurrent === "page");
  const next = start < 0 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, start + by));
  rows[next]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}
