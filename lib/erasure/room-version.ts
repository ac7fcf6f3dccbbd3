/**
 * Versions are opaque: only a plain number tells how old one is. An unknown or unstable one counts as old, so that nobody
 * relies on what it may lack.
 */
export function isOld(version: string | null): boolean {
  return numberOf(version) < 11;
}

/** From version 12 on whoever made the room stands above every power level (MSC4289); before it only in the proposal's own versions. */
export function creatorsStandAbove(version: string | null): boolean {
  return numberOf(version) >= 12 || (version ?? "").startsWith("org.matrix.hydra.");
}

function numberOf(version: string | null): number {
  return version !== null && /^[1-9][0-9]{0,3}$/.test(version) ? Number(version) : 0;
}
