import { OtherUnreachable, type Other, type Teller, type Told } from "#lib/matrix/teller.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import { faults, type Faults } from "./faults.ts";

export interface FakeTeller extends Teller, Faults<"tell"> {
  /** Who was told of whom, in order. */
  readonly told: readonly { readonly other: Other; readonly mxid: Mxid }[];
  /** What this one answers; without it application services acknowledge and homeservers do not know the request. */
  answer(other: Other, told: Told): void;
  /** How often this one was told. */
  times(name: string): number;
}

/** In-memory twin of lib/matrix/teller-http.ts. */
export function fakeTeller(appservices: readonly string[] = []): FakeTeller {
  const { call, control } = faults<"tell">();
  const told: { other: Other; mxid: Mxid }[] = [];
  const answers = new Map<string, Told>();
  const key = ({ kind, name }: Other) => `${kind} ${name}`;

  return {
    ...control,
    told,
    appservices,
    answer: (other, what) => void answers.set(key(other), what),
    times: (name) => told.filter(({ other }) => other.name === name).length,
    tell: (other, mxid) =>
      call("tell", (): Told => {
        // No request goes to who is not configured.
        if (other.kind === "appservice" && !appservices.includes(other.name)) return { is: "nobody" };
        told.push({ other, mxid });
        return answers.get(key(other)) ?? (other.kind === "appservice" ? { is: "acknowledged" } : { is: "not_supported" });
      }),
  };
}

export const unreachable = (afterSeconds: number | null = null) => new OtherUnreachable({ afterSeconds });
