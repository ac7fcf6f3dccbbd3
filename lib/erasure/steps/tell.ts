import type { NoticeState, NoticeTarget } from "#lib/db/generated/enums.ts";
import type { RequestRun } from "../request-run.ts";
import { done, type Step, text } from "../step.ts";

interface Row {
  readonly target: NoticeTarget;
  readonly name: string;
  readonly state: NoticeState;
  readonly failure: string | null;
}

const batch = 500;

/**
 * Art. 19: a row for everybody who holds copies, and a job for each that is to be told. Telling goes on beside the next
 * steps. Identity servers were asked by the homeserver itself; what it said stands in the row at once.
 */
export const tell: Step<RequestRun> = {
  name: "tell",
  async act(run) {
    const rows = others(run);
    const { requestId } = run.claim;
    for (let from = 0; from < rows.length; from += batch) {
      await run.write(async (tx, at) => {
        const data = rows.slice(from, from + batch).map((row) => ({ ...row, requestId, ...(row.state === "waiting" ? { nextAt: at } : { lastAt: at }) }));
        const fresh = await tx.erasureNotice.createManyAndReturn({ data, skipDuplicates: true, select: { id: true, state: true } });
        for (const { id, state } of fresh) if (state === "waiting") await run.ctx.enqueue(tx, { queue: "erasure.tell", data: { noticeId: id } });
      });
    }
    const of = (target: NoticeTarget) => rows.filter((row) => row.target === target).length;
    return done({ homeservers: of("homeserver"), appservices: of("appservice"), identityServers: of("identity_server") });
  },
};

function others(run: RequestRun): readonly Row[] {
  const { homeservers = [], appservices = [], identityServers = [] } = run.claim.plan?.copies ?? {};
  const waiting = (target: NoticeTarget) => (name: string): Row => ({ target, name, state: "waiting", failure: null });
  const identity = new Set([...identityServers, ...run.memory().identityServers]);
  return [
    ...homeservers.map(waiting("homeserver")),
    ...appservices.map(waiting("appservice")),
    ...[...identity].map((name): Row => ({ target: "identity_server", name, ...unbound(text(run.of("deactivate").unbind)) })),
  ];
}

function unbound(unbind: string | null): Pick<Row, "state" | "failure"> {
  if (unbind === "success") return { state: "acknowledged", failure: null };
  if (unbind === "no-support") return { state: "not_supported", failure: null };
  return { state: "unreachable", failure: "unbind_unknown" };
}
