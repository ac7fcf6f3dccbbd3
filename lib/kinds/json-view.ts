/** A look into stored JSON for what people read; never for what is passed on. Broken JSON is simply empty. */
export function contentOf(json: string | null): unknown {
  try {
    // Raw control characters are not JSON, and no reason to show nothing.
    return json === null ? null : field(JSON.parse(json.replace(/[\0-\x1f]/g, " ")), "content");
  } catch {
    return null;
  }
}

export function field(object: unknown, key: string): unknown {
  if (typeof object !== "object" || object === null || !Object.hasOwn(object, key)) return null;
  return (object as Record<string, unknown>)[key];
}

export function text(object: unknown, key: string): string | null {
  const value = field(object, key);
  return typeof value === "string" ? value : null;
}
