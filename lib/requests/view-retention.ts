import type { WebContext } from "#lib/context.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import { DomainError } from "#lib/errors.ts";
import { retention, type Kept } from "./retention.ts";

export interface RetentionLine extends Kept {
  readonly model: Prisma.ModelName;
  /** Rows there are now. */
  readonly rows: number;
}

/** The table of retention.ts with what is there now. Throws "not_found" for people without a role on the desk. */
export async function viewRetention({ db, actor, policy }: WebContext): Promise<readonly RetentionLine[]> {
  if (actor.role === null) throw new DomainError("not_found", "request");
  const table = retention(policy);
  const models = Object.keys(table) as Prisma.ModelName[];
  // One statement for all of them: names come from the generated client, never from outside.
  const union = models.map((model) => `SELECT '${model}' AS model, count(*) AS rows FROM "${model}"`).join(" UNION ALL ");
  const counted = new Map((await db.$queryRaw<{ model: string; rows: bigint }[]>(Prisma.raw(union))).map(({ model, rows }) => [model, Number(rows)]));
  return models.map((model) => ({ model, ...table[model], rows: counted.get(model) ?? 0 }));
}
