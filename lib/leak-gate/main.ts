import { json } from "node:stream/consumers";
import { openStorage } from "#lib/storage/open.ts";
import { BlockReader } from "./block-reader.ts";
import { gateInput } from "./input.ts";
import { inspect } from "./inspect.ts";

/**
 * The leak gate: a program of its own, told on its standard input what to open, that answers in lines of JSON on its standard
 * output. Whatever goes wrong here ends it without a verdict, and without a verdict nothing is released.
 */
const { subject, granted, source } = gateInput.parse(await json(process.stdin));
const everyMs = 500;
let last = 0;

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`);
const onProgress = (done: number, total: number) => {
  if (performance.now() - last < everyMs) return;
  last = performance.now();
  say({ done, total: Math.max(done, total) });
};

if (source.type === "sealed") {
  const storage = openStorage({ place: source.place, key: Buffer.from(source.key, "base64") });
  say({ verdict: await inspect(new BlockReader(storage, source.sealed), { subject, granted, bytes: source.sealed.bytes }, onProgress) });
} else {
  say({ verdict: await inspect({ fd: source.fd }, { subject, granted, bytes: source.bytes }, onProgress) });
}
