import { randomUUID } from "node:crypto";
import { type Call, caller, seg, uploadFile } from "./http.ts";

type Json = Record<string, unknown>;
interface Sent {
  readonly event_id: string;
}

/** Who is signed in where. */
export interface SignIn {
  readonly baseUrl: string;
  readonly mxid: string;
  readonly accessToken: string;
  readonly deviceId: string;
  readonly userAgent?: string;
}

export type MatrixClient = ReturnType<typeof matrixClient>;

/** A small Matrix client for one device: only what people of the test world do. */
export function matrixClient(signIn: SignIn) {
  const call: Call = caller(signIn.baseUrl, signIn.accessToken, signIn.userAgent);
  const me = seg(signIn.mxid);
  const v3 = "/_matrix/client/v3";
  const room = (id: string) => `${v3}/rooms/${seg(id)}`;
  const about = (verb: string) => (id: string, user: string, reason?: string) => call("POST", `${room(id)}/${verb}`, { user_id: user, reason });
  const send = async (id: string, type: string, content: Json) => (await call<Sent>("PUT", `${room(id)}/send/${seg(type)}/${randomUUID()}`, content)).event_id;
  const say = (id: string, body: string, more: Json = {}) => send(id, "m.room.message", { msgtype: "m.text", body, ...more });

  return {
    ...signIn,
    call,
    send,
    say,
    createRoom: async (options: Json) => (await call<{ room_id: string }>("POST", `${v3}/createRoom`, options)).room_id,
    join: (id: string, via?: string) => call("POST", `${v3}/join/${seg(id)}${via ? `?server_name=${seg(via)}&via=${seg(via)}` : ""}`, {}),
    knock: (id: string, reason: string) => call("POST", `${v3}/knock/${seg(id)}`, { reason }),
    leave: (id: string, reason?: string) => call("POST", `${room(id)}/leave`, { reason }),
    forget: (id: string) => call("POST", `${room(id)}/forget`, {}),
    invite: about("invite"),
    kick: about("kick"),
    ban: about("ban"),
    unban: about("unban"),
    state: async (id: string, type: string, content: Json, key = "") => (await call<Sent>("PUT", `${room(id)}/state/${seg(type)}/${seg(key)}`, content)).event_id,
    redact: async (id: string, event: string, reason?: string) => (await call<Sent>("PUT", `${room(id)}/redact/${seg(event)}/${randomUUID()}`, { reason })).event_id,
    react: (id: string, event: string, key: string) => send(id, "m.reaction", { "m.relates_to": { rel_type: "m.annotation", event_id: event, key } }),
    reply: (id: string, event: string, body: string) => say(id, body, { "m.relates_to": { "m.in_reply_to": { event_id: event } } }),
    inThread: (id: string, root: string, body: string) =>
      say(id, body, { "m.relates_to": { rel_type: "m.thread", event_id: root, is_falling_back: true, "m.in_reply_to": { event_id: root } } }),
    edit: (id: string, event: string, body: string) =>
      say(id, `* ${body}`, { "m.new_content": { msgtype: "m.text", body }, "m.relates_to": { rel_type: "m.replace", event_id: event } }),
    upload: (file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }) => uploadFile(signIn.baseUrl, signIn.accessToken, file),
    read: (id: string, event: string, kind: "m.read" | "m.read.private" = "m.read") => call("POST", `${room(id)}/receipt/${kind}/${seg(event)}`, {}),
    markRead: (id: string, event: string) => call("POST", `${room(id)}/read_markers`, { "m.fully_read": event, "m.read": event }),
    messages: <T = Json>(id: string, from?: string) =>
      call<{ chunk: T[]; end?: string }>("GET", `${room(id)}/messages?dir=b&limit=50${from ? `&from=${seg(from)}` : ""}`),
    accountData: (type: string, content: Json) => call("PUT", `${v3}/user/${me}/account_data/${seg(type)}`, content),
    roomAccountData: (id: string, type: string, content: Json) => call("PUT", `${v3}/user/${me}/rooms/${seg(id)}/account_data/${seg(type)}`, content),
    tag: (id: string, tag: string, order: number) => call("PUT", `${v3}/user/${me}/rooms/${seg(id)}/tags/${seg(tag)}`, { order }),
    profile: (field: string, value: unknown) => call("PUT", `${v3}/profile/${me}/${seg(field)}`, { [field]: value }),
    presence: (message: string) => call("PUT", `${v3}/presence/${me}/status`, { presence: "online", status_msg: message }),
    pushRule: (kind: string, id: string, rule: Json) => call("PUT", `${v3}/pushrules/global/${kind}/${seg(id)}`, rule),
    pusher: (pusher: Json) => call("POST", `${v3}/pushers/set`, pusher),
    report: (id: string, event: string, reason: string) => call("POST", `${room(id)}/report/${seg(event)}`, { reason, score: -50 }),
    reportRoom: (id: string, reason: string) => call("POST", `${room(id)}/report`, { reason }),
    reportUser: (user: string, reason: string) => call("POST", `${v3}/users/${seg(user)}/report`, { reason }),
    openIdToken: () => call<{ access_token: string; matrix_server_name: string; expires_in: number }>("POST", `${v3}/user/${me}/openid/request_token`, {}),
    sync: () => call("GET", `${v3}/sync?timeout=0`),
    logout: () => call("POST", `${v3}/logout`, {}),
  };
}

/** Signs in with a password, as the person's next device. */
export async function logIn(baseUrl: string, user: string, password: string, device: { name: string; userAgent?: string }): Promise<MatrixClient> {
  const call = caller(baseUrl, null, device.userAgent);
  const answer = await call<{ user_id: string; access_token: string; device_id: string }>("POST", "/_matrix/client/v3/login", {
    type: "m.login.password",
    identifier: { type: "m.id.user", user },
    password,
    initial_device_display_name: device.name,
  });
  return matrixClient({ baseUrl, mxid: answer.user_id, accessToken: answer.access_token, deviceId: answer.device_id, ...(device.userAgent ? { userAgent: device.userAgent } : {}) });
}
