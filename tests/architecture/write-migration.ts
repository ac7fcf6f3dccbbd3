/** Before the first release there is one migration, written anew from the schema: `node tests/architecture/write-migration.ts`. */
import { mkdir, writeFile } from "node:fs/promises";
import { missingSql } from "./schema-engine.ts";

const folder = "prisma/migrations/0001_init";
await mkdir(folder, { recursive: true });
await writeFile("prisma/migrations/migration_lock.toml", 'provider = "postgresql"\n');
await writeFile(`${folder}/migration.sql`, await missingSql("nothing"));
