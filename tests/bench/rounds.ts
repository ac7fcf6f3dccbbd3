import path from "node:path";
import { migrate } from "#lib/db/migrate.ts";
import { inWorkerProcess } from "#tests/harness/worker-process.ts";
import { type Cost, databaseCpuSeconds } from "./measure.ts";
import { typedCopyCpuSeconds } from "./plain-copy.ts";
import { waitingPortal } from "./portal.ts";
import { packedCpuSeconds, type Split } from "./split.ts";
import { costLine, seconds } from "./words.ts";

interface Data {
  readonly databaseUrl: string;
  readonly serverName: string;
  readonly subject: string;
  readonly folder: string;
}

type Ours = Cost & { readonly bytes: number; readonly messages: number; readonly idleRssMb: number; readonly split: Split };

export interface Round {
  readonly floor: Cost;
  readonly floorDatabase: number;
  readonly typed: number | null;
  readonly ours: Ours;
  readonly oursDatabase: number;
}

const here = (file: string) => path.join(import.meta.dirname, file);

/** `COPY | gzip -6` in a process of Node. */
export function inNode({ databaseUrl, subject, folder }: Data): Promise<Cost> {
  return inWorkerProcess(here("floor-child.ts"), { databaseUrl, subject, out: path.join(folder, "floor.gz") });
}

/** Each of the three, one after the other on the same data. */
export async function inTurn(data: Data, portalUrl: string): Promise<Round> {
  const { databaseUrl, serverName, subject, folder } = data;
  const [floor, floorDatabase] = await withDatabase(databaseUrl, () => inNode(data));
  console.log(`COPY | gzip in Node  ${costLine(floor)}   ${seconds(floorDatabase)} CPU of the database`);
  const typed = await typedCopyCpuSeconds(databaseUrl, subject, path.join(folder, "typed.gz"));
  console.log(typed === null ? "COPY | gzip -6 as a command cannot be measured here: it needs bash, psql, gzip and Linux." : `COPY | gzip -6       ${" ".repeat(14)}${seconds(typed).padStart(8)} CPU of psql and gzip`);
  await migrate(portalUrl);
  const { env, requestId, stop } = await waitingPortal({ portalUrl, synapseUrl: databaseUrl, serverName, subject, folder });
  const [ours, oursDatabase] = await withDatabase(databaseUrl, () => inWorkerProcess<Ours>(here("worker-child.ts"), { env, requestId }).finally(stop));
  console.log(`the worker's package ${costLine(ours)}   ${seconds(oursDatabase)} CPU of the database, ${(ours.bytes / 1e6).toFixed(1)} MB, ${ours.messages.toLocaleString("en")} messages; ${ours.idleRssMb.toFixed(0)} MB before it began`);
  return { floor, floorDatabase, typed, ours, oursDatabase };
}

/** Each by itself, but the highest peak; of the package all of one round, the middle one by what the package alone cost. */
export function medians(rounds: readonly Round[]): Round {
  const middle = <T>(values: readonly T[], by: (value: T) => number): T => values.toSorted((a, b) => by(a) - by(b))[Math.floor((values.length - 1) / 2)] as T;
  const { ours, oursDatabase } = middle(rounds, (round) => packedCpuSeconds(round.ours.split));
  const { floor, floorDatabase } = middle(rounds, (round) => round.floor.cpuSeconds);
  const typed = middle(rounds, (round) => round.typed ?? 0).typed;
  return { floor, floorDatabase, typed, ours: { ...ours, peakRssMb: Math.max(...rounds.map((round) => round.ours.peakRssMb)) }, oursDatabase };
}

/** A measured part, and what the database used meanwhile. */
async function withDatabase<T>(url: string, part: () => Promise<T>): Promise<[T, number]> {
  const before = await databaseCpuSeconds(url);
  const result = await part();
  return [result, (await databaseCpuSeconds(url)) - before];
}
