import type { Prisma } from "#lib/db/generated/client.ts";
import type { Job } from "./queues.ts";

/** Puts a job in the queue inside the caller's transaction: rolled back with it. */
export type Enqueue = (tx: Prisma.TransactionClient, job: Job) => Promise<void>;
