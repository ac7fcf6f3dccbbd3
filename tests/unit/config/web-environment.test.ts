import { expect, it } from "vitest";
import { workerOnly } from "#lib/config/env.ts";
import { webConfig } from "#lib/config/config.ts";
import { webEnvironment } from "#lib/config/web-environment.ts";
import { goodWorkerEnv } from "#tests/fixtures/env.ts";

it("empties what only the worker may hold and keeps the name, so that no .env file brings it back", () => {
  const env = webEnvironment({ ...goodWorkerEnv, PATH: "/bin" }, { DATABASE_URL: "postgres://db/portal" });
  expect(workerOnly.map((name) => env[name])).toEqual(workerOnly.map(() => ""));
  expect(env.PATH).toBe("/bin");
  expect(webConfig(env).databaseUrl).toBe("postgres://db/portal");
  expect(JSON.stringify(env)).not.toContain(goodWorkerEnv.SYNAPSE_DATABASE_URL);
});
