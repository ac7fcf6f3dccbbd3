import { defineConfig } from "vitest/config";

const setupFiles = ["tests/harness/vitest-console.ts"];
const postgres = ["tests/harness/vitest-postgres.ts"];

export default defineConfig({
  test: {
    reporters: ["default"],
    projects: [
      { test: { name: "unit", include: ["tests/unit/**/*.test.ts"], setupFiles, testTimeout: 10_000 } },
      { test: { name: "architecture", include: ["tests/architecture/**/*.test.ts"], setupFiles, testTimeout: 60_000 } },
      { test: { name: "integration", include: ["tests/integration/**/*.test.ts"], setupFiles, globalSetup: postgres, testTimeout: 30_000, hookTimeout: 30_000 } },
      { test: { name: "contract", include: ["tests/contract/**/*.test.ts"], setupFiles, globalSetup: postgres, testTimeout: 30_000, hookTimeout: 30_000 } },
      {
        test: {
          name: "homeserver",
          include: ["tests/homeserver/**/*.test.ts"],
          setupFiles,
          globalSetup: postgres,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          // Each file starts homeservers of its own: two at a time would be too many for two cores.
          fileParallelism: false,
        },
      },
    ],
  },
});
