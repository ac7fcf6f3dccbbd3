import { serve } from "#lib/export/off-process/serve.ts";
import type { Tasks, Transform } from "#lib/export/off-process/transform.ts";
import { SynapseDbUnavailable } from "#lib/synapse-db/synapse-db.ts";

const echo: Transform<{ suffix: string }> = async function* (input, { suffix }, tell) {
  for await (const chunk of input) {
    tell(1);
    yield Buffer.concat([chunk, Buffer.from(suffix)]);
  }
  tell(100);
};
const endless: Transform<null> = async function* () {
  for (;;) yield Buffer.alloc(10_000);
};
const swallow: Transform<null> = async function* (input) {
  let bytes = 0;
  for await (const chunk of input) bytes += chunk.length;
  yield Buffer.from(String(bytes));
};
const lazy: Transform<{ chunks: number }> = async function* (input, { chunks }) {
  let left = chunks;
  for await (const chunk of input) {
    yield chunk;
    left -= 1;
    if (left === 0) return;
  }
};
const fails: Transform<{ as: "RangeError" | "SynapseDbUnavailable" | "Odd" }> = async function* (input, { as }) {
  yield* input;
  if (as === "RangeError") throw new RangeError("out of it");
  if (as === "Odd") throw Object.assign(new Error("strange"), { name: "Odd" });
  throw new SynapseDbUnavailable({ cause: new Error("a row was cut off") });
};
const hoards: Transform<null> = async function* () {
  const held: number[][] = [];
  for (;;) held.push(new Array<number>(50_000).fill(held.length));
};
const seesEnvironment: Transform<null> = async function* () {
  yield Buffer.from(JSON.stringify(process.env));
};
const exits: Transform<null> = async function* () {
  process.exit(3);
};

/** Tasks that behave and tasks that do not, served in a process by off-process.test.ts. */
export const tasks = {
  echo: async () => echo,
  endless: async () => endless,
  swallow: async () => swallow,
  lazy: async () => lazy,
  fails: async () => fails,
  hoards: async () => hoards,
  seesEnvironment: async () => seesEnvironment,
  exits: async () => exits,
} satisfies Tasks;

await serve(tasks);
