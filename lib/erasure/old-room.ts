/** Before version 11 Synapse does not let a suspended person redact (synapse.md § 6.3, trap). What is no number is of before. */
export function isOldRoom(version: string | null): boolean {
  return !(Number(version) >= 11);
}
