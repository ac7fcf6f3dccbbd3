import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { installSynapse } from "#tests/harness/synapse-install.ts";
import { startPostgres } from "#tests/harness/postgres.ts";
import { foundHomeserver } from "./homeserver.ts";
import { loadEvents } from "./load.ts";
import { type Cost, timed } from "./measure.ts";
import { readOptions } from "./options.ts";
import { inNode, inTurn, medians, type Round } from "./rounds.ts";
import { packedCpuSeconds, type Split } from "./split.ts";
import { costLine, seconds } from "./words.ts";

/** `npm run bench`: numbers, not assertions. Its last line is one JSON object. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  await installSynapse(console.log);
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  const postgres = await startPostgres();
  const stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
  process.on("SIGINT", () => void stop().then(() => process.exit(130)));
  try {
    await measure(options, folder, postgres);
  } finally {
    await stop();
  }
}

async function measure(options: ReturnType<typeof readOptions>, folder: string, postgres: Awaited<ReturnType<typeof startPostgres>>): Promise<void> {
  console.log(`Loading ${options.events.toLocaleString("en")} events into Synapse's own tables …`);
  const loading = performance.now();
  const { synapse, subject, rooms } = await foundHomeserver(postgres, folder, options.rooms);
  const { databaseUrl, serverName } = synapse;
  const load = { databaseUrl, serverName, subject, rooms, events: options.events, share: options.share };
  const tenth = Math.max(2000, Math.floor(options.events / 10));
  let told = 0;
  await loadEvents({ ...load, progress: (done) => done >= told + tenth && console.log(`  ${(told = done).toLocaleString("en")}`) });
  console.log(`Loaded in ${seconds((performance.now() - loading) / 1000)}. PostgreSQL's own processor time is told apart.\n`);

  // What the server would do in its own time and in ours.
  await settle(databaseUrl);
  const data = { databaseUrl, serverName, subject, folder };
  // Once for nothing, so that nobody pays for cold caches.
  await inNode(data);
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round += 1) rounds.push(await inTurn(data, await postgres.createDatabase(`portal_${round}`)));
  const { floor, floorDatabase, typed, ours, oursDatabase } = medians(rounds);
  if (rounds.length > 1) console.log(`Medians of ${rounds.length} rounds; where the time went is told of the middle one:`);
  tell(ours.split);
  let exportData: number | null = null;
  if (options.exportData) {
    console.log("Synapse's export-data (this takes a while) …");
    const out = path.join(folder, "export-data");
    await mkdir(out);
    exportData = await timed(synapse.python, ["-m", "synapse.app.admin_cmd", "-c", synapse.configPath, "export-data", subject, "--output-directory", out], folder);
    console.log(`export-data          ${seconds(exportData)} wall`);
  }

  const perOwn = (cost: Cost) => ((cost.cpuSeconds / ours.messages) * 1e6).toFixed(0);
  console.log(`\nOn ${cpus().length} cores. Of our wall time the floor is 1 : ${(ours.wallSeconds / floor.wallSeconds).toFixed(2)}, of our CPU time 1 : ${(ours.cpuSeconds / floor.cpuSeconds).toFixed(2)} (${perOwn(ours)} against ${perOwn(floor)} µs an event).`);
  const packed = packedCpuSeconds(ours.split);
  const against = typed === null ? "" : ` of COPY | gzip -6, 1 : ${(packed / typed).toFixed(2)};`;
  console.log(`NDJSON, CSV, hashes, ZIP and encryption alone: ${seconds(packed)} CPU,${against} of the same in Node 1 : ${(packed / floor.cpuSeconds).toFixed(2)}. The rest is the reading view, the PDF, the leak gate and the database's paperwork.`);
  if (exportData !== null) console.log(`export-data took ${(exportData / ours.wallSeconds).toFixed(1)} times as long as ours (it also writes what others said).`);
  console.log(`The worker's peak of ${ours.peakRssMb.toFixed(0)} MB is ${ours.peakRssMb < 200 ? "below" : "NOT below"} 200 MB.\n`);
  const result = {
    events: options.events,
    rounds: rounds.length,
    own: ours.messages,
    wallSeconds: round(ours.wallSeconds),
    exportDataSeconds: exportData === null ? null : round(exportData),
    floorSeconds: round(floor.wallSeconds),
    cpuSeconds: round(ours.cpuSeconds),
    packedCpuSeconds: packed,
    floorCpuSeconds: round(floor.cpuSeconds),
    typedFloorCpuSeconds: typed,
    databaseCpuSeconds: round(oursDatabase),
    floorDatabaseCpuSeconds: round(floorDatabase),
    peakRssMb: round(ours.peakRssMb),
    idleRssMb: round(ours.idleRssMb),
    split: ours.split,
  };
  console.log(JSON.stringify(result, (_, value: unknown) => (typeof value === "number" ? round(value) : value)));
}

async function settle(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query("VACUUM (ANALYZE)");
  await client.query("CHECKPOINT");
  await client.end();
}

/** Where the time went: stage by stage, and by what was done within them. */
function tell({ stages, within }: Split): void {
  for (const [name, part] of Object.entries(stages)) {
    const beside = part.childrenRssMb > 0 ? `, ${part.childrenRssMb.toFixed(0)} MB beside it` : "";
    console.log(`  ${name.padEnd(18)} ${costLine({ ...part, peakRssMb: part.rssMb })}${beside}`);
  }
  const parts = Object.entries(within).map(([name, spent]) => `${name} ${seconds(spent)}`);
  console.log(`  of the CPU time: ${parts.join(", ")}\n`);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
