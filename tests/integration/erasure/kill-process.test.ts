import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, it } from "vitest";
import { leaseMs } from "#lib/erasure/claim.ts";
import { stepNames } from "#lib/erasure/step-names.ts";
import { erasureWorld } from "./erasure-world.ts";

// A real process and a real kill -9, where death.ts only pretends: connections break, transactions roll back.
const world = erasureWorld();
beforeEach(() => world.reset());

describe("K03 a worker killed -9", () => {
  it.each([["startRedaction", "after", "redact"], ["leave", "after", "leave"], ["deactivate", "before", "deactivate"], ["deactivate", "after", "deactivate"], ["lock", "before", "verify"]] as const)("%s, %s the effect: the intent is there, nothing holds the next one up, and it finishes", async (method, moment, step) => {
    const erasure = await world.running({ small: true });
    const script = path.join(import.meta.dirname, "erasure-child.ts");
    const file = path.join(world.folder, "register.ndjson");
    const child = spawn(process.execPath, [script, world.url, erasure.id, erasure.mxid, file, world.clock.now().toISOString(), method, moment], { stdio: ["ignore", "pipe", "inherit"] });
    const [out, [code, signal]] = await Promise.all([text(child.stdout), once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>]);
    expect([code, signal, out.trim().split("\n").at(-1)]).toEqual([null, "SIGKILL", `${method} ${moment}`]);
    expect(await erasure.step(step)).toMatchObject({ state: "intended", tries: 1 });
    const steps = await erasure.steps();
    expect(stepNames.slice(0, stepNames.indexOf(step)).map((name) => steps[name]?.state)).toEqual(stepNames.slice(0, stepNames.indexOf(step)).map(() => "done"));
    await expect(erasure.run()).rejects.toMatchObject({ failure: "busy" });
    world.clock.advance(leaseMs + 1);
    expect(await erasure.toTheEnd()).toBe("fulfilled");
    expect(await world.db.certificate.count({ where: { requestId: erasure.id } })).toBe(1);
    expect((await world.audit(erasure.id)).filter(({ event }) => event === "erased")).toHaveLength(1);
  });
});
