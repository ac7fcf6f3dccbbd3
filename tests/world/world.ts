import type { Admin } from "./admin.ts";
import type { Canary, Mark } from "./canary.ts";
import type { MatrixClient } from "./client.ts";

/** Everybody in the story; the comment after each name is what makes them worth having. */
export const cast = {
  rosa: { name: "Rosa Lindqvist", mail: "rosa@garden.example", about: "the person who asks for her data" },
  ben: { name: "Ben Okafor", mail: "ben@garden.example", about: "keeps the bees and moderates the rooms" },
  mei: { name: "Mei Tanaka 芽衣", mail: null, about: "takes the pictures; has no mail address" },
  tariq: { name: "طارق Tariq Haddad", mail: "tariq@garden.example", about: "runs the seed swap" },
  frida: { name: "Frida Nilsson", mail: "frida@garden.example", about: "data-protection officer: decides at the desk" },
  otto: { name: "Otto Brandt", mail: null, about: "suspended by the moderators" },
  lena: { name: "Lena Marsh", mail: null, about: "locked by an administrator" },
  gus: { name: "Gus Petrie", mail: null, about: "moved away: account deactivated" },
} as const;
export type CastName = keyof typeof cast;

export interface Person {
  /** Localpart. */
  readonly name: string;
  readonly mxid: string;
  readonly password: string;
  readonly displayName: string;
  /** Verified address, if any. */
  readonly mail: string | null;
  readonly client: MatrixClient;
}
export type People = Readonly<Record<CastName, Person>>;

/** How the subject, Rosa, stands to the room. */
export const roomNames = [
  "garden",
  "committee",
  "dm",
  "space",
  "secret",
  "left",
  "forgotten",
  "invitedTo",
  "declined",
  "inviting",
  "knocked",
  "kicked",
  "banned",
  "elsewhere",
] as const;
export type RoomName = (typeof roomNames)[number];
export interface Room {
  readonly id: string;
  readonly name: string;
}

/** Single events a test wants to find again, by what they are. */
export type Landmarks = Record<
  "firstMessage" | "edited" | "redactedBySelf" | "redactedByOther" | "othersMessage" | "threadRoot" | "encrypted" | "reported" | "afterLeaving",
  string
>;

/** What the builders of rooms share. */
export interface Stage {
  readonly people: People;
  readonly admin: Admin;
  readonly mark: Mark;
  readonly landmarks: Landmarks;
}

/** Files of the subject: `mxc://` addresses. `unsent` was uploaded and never posted. */
export interface Files {
  readonly sent: readonly string[];
  readonly unsent: string;
  readonly avatar: string;
}

export interface World {
  readonly serverName: string;
  readonly people: People;
  /** A server administrator who takes no part in the story; the portal's token is theirs. */
  readonly keeper: { readonly mxid: string; readonly password: string; readonly accessToken: string };
  /** Accounts the Client API cannot make (planted by SQL): they can sign in and that is all. */
  readonly oddities: { readonly historical: string; readonly guest: string; readonly bridged: string };
  readonly rooms: Readonly<Record<RoomName, Room>>;
  readonly landmarks: Readonly<Landmarks>;
  readonly files: Files;
  readonly canaries: readonly Canary[];
}
