import { readFile } from "node:fs/promises";
import { PGlite } from "@electric-sql/pglite";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";
import { PrismaPGlite } from "pglite-prisma-adapter";
import { migrationsIn } from "#lib/db/migrate.ts";

const schemaPath = "prisma/schema.prisma";

/**
 * The SQL that leads from the migrations (or from nothing) to the schema; "" when they agree.
 * Runs in this process: Prisma's `migrate diff` would download an engine.
 */
export async function missingSql(from: "nothing" | "migrations"): Promise<string> {
  const file = { path: schemaPath, content: await readFile(schemaPath, "utf8") };
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPGlite(new PGlite()));
  const engine = await SchemaEngine.new({ datamodels: [[file.path, file.content]] }, () => undefined, adapter);
  const filters = { externalTables: [], externalEnums: [] };
  const { exitCode, stdout } = await engine.diff({
    from: from === "nothing" ? { tag: "empty" } : { tag: "migrations", ...(await list()) },
    to: { tag: "schemaDatamodel", files: [file] },
    script: true,
    exitCode: true,
    filters,
  });
  return exitCode === 0 ? "" : (stdout ?? "");
}

async function list() {
  const migrations = await migrationsIn();
  return {
    baseDir: "prisma/migrations",
    lockfile: { path: "migration_lock.toml", content: await readFile("prisma/migrations/migration_lock.toml", "utf8") },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: sql } },
    })),
  };
}
