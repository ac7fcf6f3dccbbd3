/** A look into JSON that anybody may have written: nothing is taken for granted, own keys only. */
export function field(object: unknown, ...path: string[]): unknown {
  let value = object;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

export function text(object: unknown, ...path: string[]): string | null {
  const value = field(object, ...path);
  return typeof value === "string" ? value : null;
}

export function number(object: unknown, ...path: string[]): number | null {
  const value = field(object, ...path);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** Broken JSON is null: what the reader cannot read it says so about. */
export function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
