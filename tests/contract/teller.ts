import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Mxid } from "#lib/matrix/homeserver.ts";
import type { Other, Teller, Told } from "#lib/matrix/teller.ts";

/** Others who answer as a test wants. Application services "bridge" and, without an address, "quiet" are configured. */
export interface TellerStage {
  readonly teller: Teller;
  /** `trouble`: an answer that says try again after so many seconds, or none at all. */
  answer(other: Other, told: Exclude<Told, { is: "nobody" }> | { readonly is: "trouble"; readonly afterSeconds: number | null }): Promise<void>;
  stop(): Promise<void>;
}

const ada = "@ada:test.example" as Mxid;
const bridge: Other = { kind: "appservice", name: "bridge" };
const far: Other = { kind: "homeserver", name: "far.example" };

/** What the port promises; held by the twin and by the adapter. */
export function tellerContract(name: string, open: () => Promise<TellerStage>): void {
  describe(`${name} as teller`, () => {
    let stage: TellerStage;
    beforeEach(async () => {
      stage = await open();
    });
    afterEach(() => stage.stop());

    it("names the application services", () => {
      expect(stage.teller.appservices).toEqual(["bridge", "quiet"]);
    });

    it.each([bridge, far])("says who has acknowledged, however often they are told: $kind", async (other) => {
      await stage.answer(other, { is: "acknowledged" });
      for (let times = 0; times < 2; times += 1) expect(await stage.teller.tell(other, ada)).toEqual({ is: "acknowledged" });
    });

    it.each([bridge, far])("says who does not know the request: $kind", async (other) => {
      await stage.answer(other, { is: "not_supported" });
      expect(await stage.teller.tell(other, ada)).toEqual({ is: "not_supported" });
    });

    it("says where a homeserver wants to be asked", async () => {
      await stage.answer(far, { is: "by_contact", mail: "dpo@far.example" });
      expect(await stage.teller.tell(far, ada)).toEqual({ is: "by_contact", mail: "dpo@far.example" });
    });

    it("has nobody to ask at a service that is not configured or wants no requests", async () => {
      for (const id of ["quiet", "unknown"]) expect(await stage.teller.tell({ kind: "appservice", name: id }, ada)).toEqual({ is: "nobody" });
    });

    it.each([[bridge, 30], [bridge, null], [far, 30], [far, null]] as const)("passes on when to try again: %o after %s", async (other, afterSeconds) => {
      await stage.answer(other, { is: "trouble", afterSeconds });
      await expect(stage.teller.tell(other, ada)).rejects.toMatchObject({ name: "OtherUnreachable", afterSeconds, message: "the other server does not answer" });
    });
  });
}
