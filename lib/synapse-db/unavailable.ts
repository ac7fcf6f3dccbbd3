import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

/**
 * SQLSTATE of "not now" (PostgreSQL Appendix A): connection lost 08, rolled back for another's sake 40 (a replica
 * catching up), out of resources 53, shut down or cancelled 57, disk or file 58; plus a lock not had in time and a
 * transaction that idled too long.
 */
const notNow = /^(08|40|53|57|58)|^55P03$|^25P0[34]$/;
/** Missing right, table, column, database: trying again cannot help. */
const unfit = /^(42501|42P01|42703|3D000|28\w{3})$/;
const network = /^(E(CONN\w+|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|AI_AGAIN|NOTFOUND)|ERR_STREAM_PREMATURE_CLOSE)$/;
/** What node-postgres says without a code. */
const words = /Connection terminated|connection error and is not queryable|Client was closed|timeout expired|timeout exceeded/i;

/** Our own error for one of PostgreSQL's or the network's; anything else is returned as it is: a bug. */
export function translate(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return translate(error.errors[0]);
  if (!(error instanceof Error) || error instanceof SynapseDbUnavailable || error instanceof SynapseDbUnfit) return error;
  const code = String((error as { code?: unknown }).code ?? "");
  if (notNow.test(code) || network.test(code) || words.test(error.message)) return new SynapseDbUnavailable({ cause: error });
  if (unfit.test(code)) return new SynapseDbUnfit(code, { cause: error });
  return error;
}
