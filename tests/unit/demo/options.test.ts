import { expect, test } from "vitest";
import { DemoStop, readOptions } from "#tests/demo/options.ts";

const env = (given: Record<string, string> = {}) => given as unknown as NodeJS.ProcessEnv;

test("the ports are friendly ones, and a flag wins over the environment", () => {
  expect(readOptions([], env())).toEqual({ ports: { portal: 3000, homeserver: 8008, mail: 8025, smtp: 8026 }, fresh: false });
  const chosen = readOptions(["--portal-port", "4000", "--fresh"], env({ DEMO_PORTAL_PORT: "5000", DEMO_MAIL_PORT: "5001" }));
  expect(chosen).toEqual({ ports: { portal: 4000, homeserver: 8008, mail: 5001, smtp: 8026 }, fresh: true });
});

test.each([
  [["--portal-port", "abc"], /--portal-port must be a number/],
  [["--mail-port", "70000"], /--mail-port must be a number/],
  [["--portal-port", "8008"], /a port of its own/],
  [["--nonsense"], /npm run demo/],
  [["--help"], /--fresh/],
])("%j is answered with a sentence", (args, sentence) => {
  expect(() => readOptions(args, env())).toThrow(DemoStop);
  expect(() => readOptions(args, env())).toThrow(sentence);
});
