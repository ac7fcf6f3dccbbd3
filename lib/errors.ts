export type DomainErrorCode = "not_found" | "forbidden" | "conflict" | "invalid" | "too_many" | "unavailable";

/**
 * A refusal the person can be told. `reason` is a key under `errors.*` of the message catalogue;
 * `fields` maps an input's name to a key under `errors.*`. Never carries personal data.
 */
export class DomainError extends Error {
  readonly code: DomainErrorCode;
  readonly reason: string;
  readonly fields: Readonly<Record<string, string>>;

  constructor(code: DomainErrorCode, reason: string, fields: Record<string, string> = {}) {
    super(`${code}: ${reason}`);
    this.name = "DomainError";
    this.code = code;
    this.reason = reason;
    this.fields = fields;
  }
}

/** The job may succeed later. `afterSeconds` is what the other side asked for (Retry-After), if anything. */
export class RetryLater extends Error {
  readonly failure: string;
  readonly afterSeconds: number | null;

  /** @param failure key under `failures.*`; the cause is for the log's error class only */
  constructor(failure: string, options: { afterSeconds?: number | null; cause?: unknown } = {}) {
    super(`retry later: ${failure}`, { cause: options.cause });
    this.name = "RetryLater";
    this.failure = failure;
    this.afterSeconds = options.afterSeconds ?? null;
  }
}

/** Trying again cannot help: an operator must look. `failure` is a key under `failures.*`. */
export class GiveUp extends Error {
  readonly failure: string;

  constructor(failure: string, options: { cause?: unknown } = {}) {
    super(`give up: ${failure}`, { cause: options.cause });
    this.name = "GiveUp";
    this.failure = failure;
  }
}
