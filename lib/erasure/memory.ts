/** What vanishes with the account and is needed to the end of its erasure. Kept sealed, destroyed with the last letter. */
export interface Memory {
  readonly mxid: string;
  /** Seconds. */
  readonly accountCreatedAt: number;
  /** Display names and avatars, of the profile and of every membership event. */
  readonly names: readonly string[];
  readonly avatars: readonly string[];
  readonly mails: readonly string[];
  readonly phones: readonly string[];
  readonly externalIds: readonly string[];
  readonly deviceIds: readonly string[];
  readonly ips: readonly string[];
  readonly mediaIds: readonly string[];
  /** From room_memberships, every room ever. */
  readonly rooms: readonly { readonly id: string; readonly version: string | null }[];
  readonly identityServers: readonly string[];
  /** Whether the account was suspended by somebody else before. */
  readonly suspendedBefore: boolean;
}
