/** Keys under errors.*. */
export type ExtensionBarred = "already_extended" | "clock_stopped" | "extension_late";

/** Art. 12(3): once, and inside the first period, whose last instant still counts. Why not; null: it can be. */
export function extensionBarred({ extendedAt, pausedAt, dueAt }: { readonly extendedAt: Date | null; readonly pausedAt: Date | null; readonly dueAt: Date }, now: Date): ExtensionBarred | null {
  if (extendedAt) return "already_extended";
  // While it stands still there is no period to extend; whether it is over shows when the clock runs again.
  if (pausedAt) return "clock_stopped";
  return now < dueAt ? null : "extension_late";
}
