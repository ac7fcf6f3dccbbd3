/** Why signing in did not work: a key of the page's words. `until` when the homeserver said how long to wait. */
export class SignInProblem extends Error {
  readonly key: string;
  readonly until: Date | null;
  /** Id of a fault on our side, to quote. */
  readonly id: string | null;

  constructor(key: string, options: { until?: Date | null; id?: string | null } = {}) {
    super(key);
    this.name = "SignInProblem";
    this.key = key;
    this.until = options.until ?? null;
    this.id = options.id ?? null;
  }
}

/** From a homeserver's refusal to a cause in words (Matrix errcodes). */
export function causeOf(status: number, errcode: string, waitMs: number | null, now: Date): SignInProblem {
  if (status === 429 || errcode === "M_LIMIT_EXCEEDED") {
    return new SignInProblem("limited", { until: waitMs === null ? null : new Date(now.getTime() + waitMs) });
  }
  if (status >= 500) return new SignInProblem("server_down");
  switch (errcode) {
    case "M_USER_LOCKED":
      return new SignInProblem("locked");
    case "M_USER_DEACTIVATED":
      return new SignInProblem("deactivated");
    case "M_GUEST_ACCESS_FORBIDDEN":
      return new SignInProblem("guest");
    case "M_FORBIDDEN":
      return new SignInProblem("wrong_password");
    default:
      return new SignInProblem("refused");
  }
}
