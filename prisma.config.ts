import { defineConfig } from "prisma/config";

/** The URL is not here: migrations are applied by lib/db/migrate.ts, which needs no engine download. */
export default defineConfig({ schema: "prisma/schema.prisma" });
