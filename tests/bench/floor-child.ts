import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Client, escapeLiteral } from "pg";
import { to as copyTo } from "pg-copy-streams";
import { costSoFar } from "./measure.ts";

/** The least anybody could do: the JSON of the subject's rows by COPY, gzip level 6, into a file. No proof, no readable view, no seal. */
const started = performance.now();
const order = JSON.parse(process.argv[2] ?? "") as { databaseUrl: string; subject: string; out: string };
const client = new Client({ connectionString: order.databaseUrl });
await client.connect();
const rows = `SELECT j.json FROM events e JOIN event_json j USING (event_id) WHERE e.sender = ${escapeLiteral(order.subject)} AND e.stream_ordering > 0`;
const copy = client.query(copyTo(`COPY (${rows}) TO STDOUT (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')`));
await pipeline(copy, createGzip({ level: 6 }), createWriteStream(order.out));
await client.end();
console.log(JSON.stringify(costSoFar(started)));
