/** What goes wrong at the next call of `on` (any method when left out). With `after` the effect happens and only the answer is lost. */
export interface Fault<Method extends string> {
  readonly on?: Method;
  readonly error: Error;
  readonly after?: boolean;
}

export interface Faults<Method extends string> {
  /** Every call, by method name. */
  readonly calls: readonly Method[];
  /** Faults to come, one a call, in this order. */
  fault(...faults: readonly Fault<Method>[]): void;
  /** Every call fails so until told null. */
  down(error: Error | null): void;
  /** Looked at around every effect, so that a test can break off (throw) at the n-th moment; null: nobody looks. */
  watch(look: ((method: Method, moment: "before" | "after") => void) | null): void;
}

/** Scripted trouble for a fake port. `call` runs an effect under it. */
export function faults<Method extends string>() {
  const calls: Method[] = [];
  const coming: Fault<Method>[] = [];
  let always: Error | null = null;
  let look: ((method: Method, moment: "before" | "after") => void) | null = null;

  async function call<T>(method: Method, effect: () => T): Promise<T> {
    calls.push(method);
    await Promise.resolve();
    look?.(method, "before");
    if (always) throw always;
    const at = coming.findIndex((fault) => fault.on === undefined || fault.on === method);
    const fault = at === -1 ? undefined : coming.splice(at, 1)[0];
    if (fault && !fault.after) throw fault.error;
    const result = effect();
    look?.(method, "after");
    if (fault) throw fault.error;
    return result;
  }

  const control: Faults<Method> = {
    calls,
    fault: (...more) => void coming.push(...more),
    down: (error) => void (always = error),
    watch: (next) => void (look = next),
  };
  return { call, control };
}
