/**
 * The language of ours a browser likes best (RFC 9110 § 12.5.4), by exact tag, then by language alone.
 * Written by hand: ten lines; the packages for it bring tables for scripts we do not have.
 */
export function pickLocale<L extends string>(acceptLanguage: string | null, ours: readonly L[], otherwise: L): L {
  const wanted = (acceptLanguage ?? "").split(",").flatMap((part, order) => {
    const [tag = "", ...parameters] = part.trim().split(";");
    const weight = Number(parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean) ?? 1);
    return tag && weight > 0 ? [{ tag: tag.toLowerCase(), weight, order }] : [];
  });
  wanted.sort((a, b) => b.weight - a.weight || a.order - b.order);
  for (const { tag } of wanted) {
    const found = ours.find((locale) => locale.toLowerCase() === tag) ?? ours.find((locale) => locale.toLowerCase() === tag.split("-")[0]);
    if (found) return found;
  }
  return otherwise;
}
