/** A file in an archive, as the check needs it: wherever it comes from. */
export interface PackedFile {
  /** As it stands in the archive, the top folder included. */
  readonly path: string;
  /** Plain length as the archive states it; for the progress bar only. */
  readonly bytes: number;
  /** Throws when the content does not unpack. */
  content(signal: AbortSignal): AsyncIterable<Uint8Array>;
}
