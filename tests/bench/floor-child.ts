import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { costSoFar } from "./measure.ts";
import { plainCopy } from "./plain-copy.ts";

/** The same as the command of plain-copy.ts in a process of Node, whose gzip is a quicker one. */
const started = performance.now();
const order = JSON.parse(process.argv[2] ?? "") as { databaseUrl: string; subject: string; out: string };
const client = new Client({ connectionString: order.databaseUrl });
await client.connect();
const copy = client.query(copyTo(plainCopy(order.subject)));
await pipeline(copy, createGzip({ level: 6 }), createWriteStream(order.out));
await client.end();
console.log(JSON.stringify(costSoFar(started)));
