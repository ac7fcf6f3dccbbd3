import type { WebContext } from "#lib/context.ts";
import type { Policy } from "#lib/config/policy.ts";
import { askPerson } from "#lib/requests/ask-person.ts";
import { legalDue } from "#lib/requests/deadline.ts";
import { extendRequest } from "#lib/requests/extend.ts";
import { day } from "#lib/requests/timing.ts";
import { testPolicy } from "#tests/fixtures/context.ts";
import { makePerson, makeRequest } from "#tests/fixtures/people.ts";
import type { openWorld } from "./world.ts";

export const words = "Your account has twelve years of rooms.";
export const doubt = "Two people wrote to us about this account.";
export const question = "Which rooms do you mean?";
export const uk: Policy = { ...testPolicy, jurisdiction: "UK", timeZone: "Europe/London", holidays: "GB/ENG" };
const received = new Date("2026-09-03T10:00:00Z");

export const extend = (ctx: WebContext, reference: string) => extendRequest(ctx, { reference, reason: "complexity", text: words });
export const ask = (ctx: WebContext, reference: string, about = "identity") => askPerson(ctx, { reference, about, question, doubt });

/** Names and channels of a request's letters, in their order. */
export async function lettersOf(world: ReturnType<typeof openWorld>, requestId: string): Promise<string[]> {
  return (await world.db.letter.findMany({ where: { requestId }, orderBy: { id: "asc" } })).map(({ name, channel }) => `${name} ${channel}`);
}

/** Received on Thursday 3 September 2026: due on Monday 5 October. */
export async function castClock(world: ReturnType<typeof openWorld>, given: Parameters<typeof makeRequest>[2] = {}, policy: Policy = testPolicy) {
  const person = await makePerson(world.db, { hasMail: true });
  const officer = await makePerson(world.db, { operator: true });
  const { due, dueAt } = legalDue(received, policy);
  const request = await makeRequest(world.db, person.personId, { receivedAt: received, confirmedAt: received, dueOn: new Date(due), dueAt, wakeAt: new Date(dueAt.getTime() - 7 * day), ...given });
  world.clock.set("2026-09-10T10:00:00Z");
  return { ...request, person, officer, desk: world.web(officer, { policy }), me: world.web(person, { policy }), row: () => world.db.request.findUniqueOrThrow({ where: { id: request.id } }) };
}
