import { Prisma } from "./generated/client.ts";

/** Codes of Prisma for "cannot reach", "timed out", "closed the connection", "pool exhausted", "transaction gone". */
const unreachable = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028", "P2034"]);
const lost = /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|Connection terminated|57P0[123]|the database system is|terminating connection|server closed the connection/;

/** Whether the error says that our own database is away, so that time may mend it. */
export function isOwnDatabaseDown(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) return unreachable.has(error.code) || lost.test(error.message);
  const prisma = error instanceof Prisma.PrismaClientUnknownRequestError || error instanceof Prisma.PrismaClientInitializationError;
  const adapter = error instanceof Error && error.name === "DriverAdapterError";
  return (prisma || adapter) && lost.test(`${error.message} ${JSON.stringify(error)}`);
}
