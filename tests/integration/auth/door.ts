import type { SignInContext } from "#lib/auth/door-context.ts";
import type { PrismaClient } from "#lib/db/generated/client.ts";
import { verifyOpenIdToken } from "#lib/matrix/openid.ts";
import { testClock, type TestClock } from "#tests/fixtures/clock.ts";
import { jobRecorder, logRecorder, testPolicy, testSecret, type JobRecorder } from "#tests/fixtures/context.ts";

export interface TestDoor {
  readonly ctx: SignInContext;
  readonly clock: TestClock;
  readonly recorder: JobRecorder;
  /** Tokens the stand-in homeserver knows, and whose they are (the `sub` it answers, whatever it is). */
  readonly tokens: Map<string, string>;
  /** Addresses it was asked at. */
  readonly asked: string[];
}

/** The door with the real check of OpenID tokens, against a homeserver that answers what a test tells it. */
export function testDoor(db: PrismaClient): TestDoor {
  const clock = testClock();
  const recorder = jobRecorder();
  const tokens = new Map<string, string>();
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    const url = new URL(String(input));
    asked.push(url.origin + url.pathname);
    const sub = tokens.get(url.searchParams.get("access_token") ?? "");
    return sub === undefined ? Response.json({ errcode: "M_UNKNOWN_TOKEN" }, { status: 401 }) : Response.json({ sub });
  };
  const { serverName } = testPolicy;
  const ctx: SignInContext = {
    db,
    enqueue: recorder.enqueue,
    storage: { open: () => Promise.reject(new Error("not here")) },
    policy: testPolicy,
    secret: testSecret,
    formSecret: null,
    now: clock.now,
    log: logRecorder(),
    verifyToken: (token) => verifyOpenIdToken({ baseUrl: "http://homeserver.test", serverName, token, fetch }),
  };
  return { ctx, clock, recorder, tokens, asked };
}

let count = 0;

/** What the browser hands over; the homeserver knows the token as `sub`'s. */
export function proofOf(door: TestDoor, sub: string, over: Record<string, unknown> = {}): Record<string, unknown> {
  const token = `token-${++count}`;
  door.tokens.set(token, sub);
  return { access_token: token, matrix_server_name: "test.example", expires_in: "3600", ...over };
}
