/** Exit codes of `npm run portal`; the README lists them, and scripts rely on them. */
export const exit = {
  ok: 0,
  /** The command or the configuration is not right; nothing was done. */
  usage: 2,
  /** Homeserver, a database or the storage does not answer: the same command may work later. */
  unreachable: 3,
  noAccount: 4,
  failed: 5,
  /** `check` found something that is reachable and wrong. */
  unfit: 6,
  /** `verify-audit` found a record that was changed or is missing. */
  auditBroken: 7,
  interrupted: 130,
} as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** What the operator typed cannot be done; the message is a sentence for them. */
export class UsageError extends Error {}
