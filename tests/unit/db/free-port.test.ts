import net from "node:net";
import { expect, it } from "vitest";
import { freePort } from "#lib/db/cluster.ts";

it("is none that somebody listens on, and none that the system gives to connections", async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(20_000);
  expect(port).toBeLessThan(32_768);
  const taken = net.createServer();
  await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
  const draws = [port, port, 0];
  expect(await freePort(() => draws.shift() ?? Number.NaN)).toBe(0);
  await new Promise((resolve) => taken.close(resolve));
});

it("says when there is nothing to listen on", async () => {
  await expect(freePort(() => 70_000)).rejects.toThrow("70000");
});
