import { z } from "zod";
import { HomeserverUnavailable, type MediaId, type RoomId } from "./homeserver.ts";

/** Shapes of what Synapse's Admin API answers to an erasure; anything else counts as no answer. */
const ids = z.array(z.string());
const status = z.enum(["scheduled", "active", "shutting_down", "purging", "complete", "failed", "cancelled"]);

const shapes = {
  login: z.object({ access_token: z.string().min(1) }),
  joined: z.object({ joined_rooms: ids }),
  members: z.object({ members: ids }),
  total: z.object({ total: z.int().min(0) }),
  mediaPage: z.object({ deleted_media: ids }),
  started: z.object({ redact_id: z.string().min(1) }),
  redaction: z.object({ status, failed_redactions: z.record(z.string(), z.string()).nullish() }),
  tasks: z.object({ scheduled_tasks: z.array(z.object({ action: z.string(), status })) }),
  unbound: z.object({ id_server_unbind_result: z.enum(["success", "no-support"]) }),
  deletion: z.object({ delete_id: z.string().min(1) }),
  deletions: z.object({ results: z.array(z.object({ delete_id: z.string(), status })) }),
  deletionStatus: z.object({ status }),
  sync: z.object({ rooms: z.object({ invite: z.record(z.string(), z.unknown()).default({}), knock: z.record(z.string(), z.unknown()).default({}) }).default({ invite: {}, knock: {} }) }),
  shadow: z.object({ shadow_banned: z.boolean().nullish() }),
  delayed: z.object({ delayed_events: z.array(z.object({ delay_id: z.string().min(1) })) }),
} as const;

function reader<T>(schema: z.ZodType<T>): (answer: unknown) => T {
  return (answer) => {
    const result = schema.safeParse(answer);
    if (!result.success) throw new HomeserverUnavailable("the homeserver's answer has an unknown shape");
    return result.data;
  };
}

export const readLogin = (answer: unknown) => reader(shapes.login)(answer).access_token;
export const readJoined = (answer: unknown) => reader(shapes.joined)(answer).joined_rooms as RoomId[];
export const readMembers = (answer: unknown) => reader(shapes.members)(answer).members;
export const readTotal = (answer: unknown) => reader(shapes.total)(answer).total;
export const readDeletedMedia = (answer: unknown) => reader(shapes.mediaPage)(answer).deleted_media as MediaId[];
export const readStarted = (answer: unknown) => reader(shapes.started)(answer).redact_id;
export const readRedaction = reader(shapes.redaction);
export const readTasks = (answer: unknown) => reader(shapes.tasks)(answer).scheduled_tasks;
export const readUnbound = (answer: unknown) => reader(shapes.unbound)(answer).id_server_unbind_result;
export const readDeletion = (answer: unknown) => reader(shapes.deletion)(answer).delete_id;
export const readDeletions = (answer: unknown) => reader(shapes.deletions)(answer).results;
export const readDeletionStatus = (answer: unknown) => reader(shapes.deletionStatus)(answer).status;
export const readDelayed = (answer: unknown) => reader(shapes.delayed)(answer).delayed_events.map((event) => event.delay_id);

export const readShadowBanned = (answer: unknown) => reader(shapes.shadow)(answer).shadow_banned === true;
/** Rooms with an invite or a knock that nobody has answered. */
export const readPending = (answer: unknown) => {
  const { invite, knock } = reader(shapes.sync)(answer).rooms;
  return [...Object.keys(invite), ...Object.keys(knock)];
};

/** Synapse's words for a background task, in the port's three. */
export function stateOf(word: z.infer<typeof status>): "running" | "complete" | "failed" {
  if (word === "complete") return "complete";
  return word === "failed" || word === "cancelled" ? "failed" : "running";
}
