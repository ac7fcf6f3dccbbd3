"use client";
import { useCallback, useEffect, useState } from "react";
import { flows, type Flow } from "./homeserver.ts";
import { SignInProblem } from "./problem.ts";
import { handOver, prove } from "./prove.ts";
import { leaveForSso, takeArrival } from "./sso.ts";

type Credentials = Readonly<Record<string, unknown>>;
/** asking: for the server's ways. arriving: back from SSO. The rest: under way, by which way. */
type Stage = "asking" | "ready" | "arriving" | "password" | "sso";

export interface Door {
  readonly stage: Stage;
  /** Null until the homeserver has answered. */
  readonly ways: readonly Flow[] | null;
  readonly problem: SignInProblem | null;
  readonly refuse: (problem: SignInProblem) => void;
  readonly withPassword: (mxid: string, password: string) => void;
  readonly withSso: (provider: string | null) => void;
  readonly askAgain: () => void;
}

/** Everything the sign-in page does, as one state. @param next where to go afterwards, a path of ours */
export function useDoor(base: string, next: string, deviceName: string): Door {
  const [stage, setStage] = useState<Stage>("asking");
  const [ways, setWays] = useState<readonly Flow[] | null>(null);
  const [problem, setProblem] = useState<SignInProblem | null>(null);

  const refuse = useCallback((error: unknown) => {
    setProblem(error instanceof SignInProblem ? error : new SignInProblem("portal_down"));
    setStage("ready");
  }, []);

  const enter = useCallback(
    async (credentials: Credentials, to: string) => {
      await handOver(await prove(base, credentials, deviceName));
      // A whole new page: nothing of the form stays in memory.
      location.replace(to);
    },
    [base, deviceName],
  );

  const ask = useCallback(
    () =>
      flows(base).then((found) => {
        setWays(found);
        setStage((now) => (now === "asking" ? "ready" : now));
      }),
    [base],
  );

  useEffect(() => {
    const begin = async () => {
      const arrival = takeArrival(Date.now());
      if (arrival) {
        setStage("arriving");
        await enter({ type: "m.login.token", token: arrival.loginToken }, arrival.next);
      }
    };
    begin().catch(refuse);
    ask().catch(refuse);
  }, [ask, enter, refuse]);

  const start = (busy: Stage, work: () => Promise<void>) => {
    setProblem(null);
    setStage(busy);
    work().catch(refuse);
  };
  return {
    stage,
    ways,
    problem,
    refuse,
    withPassword: (mxid, password) =>
      start("password", () => enter({ type: "m.login.password", identifier: { type: "m.id.user", user: mxid }, password }, next)),
    withSso: (provider) => start("sso", () => leaveForSso(base, provider, next)),
    askAgain: () => start("asking", ask),
  };
}
