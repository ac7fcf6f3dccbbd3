import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";

/** An error as it crosses between processes: JSON forgets its class. */
export interface CarriedError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

/** Errors of ours that a task may throw and somebody tells apart by their class. */
const ours: Readonly<Record<string, new (options: { cause: Error }) => Error>> = { SynapseDbUnavailable };
const native: Readonly<Record<string, new (message: string) => Error>> = { TypeError, RangeError, SyntaxError };

export function packError(error: unknown): CarriedError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack: stack ?? "" };
}

/** The same class, message and stack; a class nobody knows here keeps its name. */
export function unpackError({ name, message, stack }: CarriedError): Error {
  const Native = Object.hasOwn(native, name) ? native[name] : undefined;
  const error = Object.assign(new (Native ?? Error)(message), { name, stack });
  const Ours = Object.hasOwn(ours, name) ? ours[name] : undefined;
  return Ours ? new Ours({ cause: error }) : error;
}
