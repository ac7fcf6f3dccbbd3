import { el } from "./dom.ts";
import { heights } from "./heights.ts";

/** A list of any length of which only what is on the screen exists. Written by hand: the page may carry no framework. */
export interface VirtualList {
  readonly element: HTMLElement;
  /** The rows there are now; what is on the screen stays where it is. */
  resize(count: number): void;
  /** Begins anew, at the top. */
  clear(): void;
  /** Makes the rows on the screen again. */
  refresh(): void;
  show(at: number, focus?: boolean): void;
  readonly firstShown: number;
}

/** Pixels beyond the screen that are made too, so that scrolling finds something. */
const beyond = 400;

export function virtualList(options: { readonly label: string; readonly guess: number; render(at: number): HTMLElement }): VirtualList {
  const pane = el("div", { class: "pane" });
  const sizer = el("div", { class: "sizer" }, pane);
  const element = el("div", { class: "scroller", role: "feed", tabindex: 0, "aria-label": options.label }, sizer);
  const sizes = heights(options.guess);
  const shown = new Map<number, HTMLElement>();
  let due = 0;

  // Pictures that arrive and folds that open; what was measured already is no news.
  const observer = new ResizeObserver((entries) => {
    if (entries.some(({ target, borderBoxSize: [box] }) => Math.abs((box?.blockSize ?? 0) - (known.get(target) ?? 0)) > 0.5)) later();
  });
  const known = new WeakMap<Element, number>();
  const later = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      draw();
    });
  };

  /** Measures what is there; whether anything had another height than thought. */
  function measure(): boolean {
    let changed = false;
    for (const [at, row] of shown) {
      const height = row.getBoundingClientRect().height;
      known.set(row, height);
      if (height === 0 || Math.abs(height - (sizes.offset(at + 1) - sizes.offset(at))) < 0.5) continue;
      sizes.set(at, height);
      changed = true;
    }
    return changed;
  }

  function place(): void {
    const top = element.scrollTop;
    const [first, last] = [sizes.rowAt(top - beyond), sizes.rowAt(top + element.clientHeight + beyond)];
    for (const [at, row] of shown) {
      if (sizes.count > 0 && at >= first && at <= last) continue;
      observer.unobserve(row);
      row.remove();
      shown.delete(at);
    }
    let before: HTMLElement | null = null;
    for (let at = first; at <= last && at < sizes.count; at += 1) {
      let row = shown.get(at);
      if (!row) {
        row = options.render(at);
        row.ariaPosInSet = String(at + 1);
        shown.set(at, row);
        if (before) before.after(row);
        else pane.prepend(row);
        observer.observe(row);
      }
      if (row.ariaSetSize !== String(sizes.count)) row.ariaSetSize = String(sizes.count);
      before = row;
    }
    sizer.style.setProperty("height", `${sizes.total}px`);
    pane.style.setProperty("transform", `translateY(${sizes.offset(first)}px)`);
  }

  /** The row at the top of the screen keeps its place, whatever the rows above it turn out to be. */
  function draw(): void {
    const anchor = sizes.rowAt(element.scrollTop);
    const within = element.scrollTop - sizes.offset(anchor);
    place();
    for (let round = 0; round < 3 && measure(); round += 1) {
      sizer.style.setProperty("height", `${sizes.total}px`);
      const top = sizes.offset(anchor) + within;
      if (Math.abs(top - element.scrollTop) > 0.5) element.scrollTop = top;
      place();
    }
  }

  function show(at: number, focus = false): void {
    const [top, bottom] = [sizes.offset(at), sizes.offset(at + 1)];
    const seen = focus && shown.has(at) && top >= element.scrollTop && bottom <= element.scrollTop + element.clientHeight;
    for (let round = 0; round < 3 && !seen; round += 1) {
      element.scrollTop = Math.max(0, sizes.offset(at) - (focus ? 40 : 0));
      draw();
    }
    if (focus) shown.get(at)?.focus({ preventScroll: true });
  }

  const list: VirtualList = {
    element,
    resize(count) {
      sizes.resize(count);
      // More rows below the screen change nothing on it.
      if (shown.has(sizes.rowAt(element.scrollTop + element.clientHeight + beyond))) sizer.style.setProperty("height", `${sizes.total}px`);
      else later();
    },
    clear() {
      sizes.resize(0);
      place();
      element.scrollTop = 0;
    },
    refresh() {
      const focused = [...shown].find(([, row]) => row === document.activeElement)?.[0];
      for (const [at, row] of shown) {
        observer.unobserve(row);
        row.remove();
        shown.delete(at);
      }
      draw();
      if (focused !== undefined) shown.get(focused)?.focus({ preventScroll: true });
    },
    show,
    get firstShown() {
      return sizes.rowAt(element.scrollTop);
    },
  };
  element.addEventListener("scroll", later, { passive: true });
  let width = 0;
  new ResizeObserver(() => {
    // Another width breaks lines elsewhere: what was measured is no longer true. The row at the top stays there.
    const anchor = sizes.rowAt(element.scrollTop);
    if (width !== 0 && element.clientWidth !== width) {
      sizes.forget();
      sizer.style.setProperty("height", `${sizes.total}px`);
      element.scrollTop = sizes.offset(anchor);
    }
    width = element.clientWidth;
    later();
  }).observe(element);
  element.addEventListener("keydown", (event) => steer(event, list, sizes.count, shown));
  return list;
}

/** Arrows go from message to message, Home and End to the ends; everything else is the browser's. */
function steer(event: KeyboardEvent, list: VirtualList, count: number, shown: ReadonlyMap<number, HTMLElement>): void {
  if (event.altKey || event.ctrlKey || event.metaKey || count === 0) return;
  const target = event.target as HTMLElement;
  if (target !== list.element && target.parentElement?.parentElement?.parentElement !== list.element) return;
  const focused = [...shown].find(([, row]) => row === target)?.[0];
  const next = { ArrowDown: focused === undefined ? list.firstShown : focused + 1, ArrowUp: focused === undefined ? list.firstShown : focused - 1, Home: 0, End: count - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  list.show(Math.min(count - 1, Math.max(0, next)), true);
}
