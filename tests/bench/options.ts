import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly events: number;
  /** Part of the events that the subject sent, 0 to 1. */
  readonly share: number;
  readonly rooms: number;
  /** How often everything is measured, one after the other in turn. */
  readonly rounds: number;
  readonly exportData: boolean;
}

export const usage = `npm run bench -- [options]

  --events N          size of the synthetic homeserver (200 000; 1 000 000 takes some minutes more)
  --own N             per cent of the events that the subject sent (20)
  --rooms N           rooms they are spread over (10)
  --rounds N          measures N times in turn and tells medians (1): one run on a busy machine says little
  --skip-export-data  leave out Synapse's own export, by far the slowest part
`;

/** @throws Error with the usage on a wrong option */
export function readOptions(args: readonly string[]): BenchOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({ args: [...args], options: { events: text, own: text, rooms: text, rounds: text, "skip-export-data": { type: "boolean" }, help: { type: "boolean", short: "h" } } });
  if (values.help) throw new Error(usage);
  const number = (name: "events" | "own" | "rooms" | "rounds", usual: number, min: number, max: number) => {
    const value = Number((values[name] ?? String(usual)).replaceAll("_", ""));
    if (!Number.isFinite(value) || value < min || value > max) throw new Error(`--${name} must be a number from ${min} to ${max}.\n\n${usage}`);
    return value;
  };
  return {
    events: Math.round(number("events", 200_000, 1, 100_000_000)),
    share: number("own", 20, 1, 100) / 100,
    rooms: Math.round(number("rooms", 10, 1, 1000)),
    rounds: Math.round(number("rounds", 1, 1, 99)),
    exportData: !values["skip-export-data"],
  };
}
