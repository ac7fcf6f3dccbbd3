type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Attributes through which text could become code or style. */
const dangerous = /^(?:on|style$|srcdoc$)/i;

/** An element with text as text: the only way anything gets into this page. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (dangerous.test(name)) throw new TypeError(`attribute ${name}`);
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function button(words: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = el("button", { type: "button", ...attributes }, words);
  made.addEventListener("click", act);
  return made;
}
