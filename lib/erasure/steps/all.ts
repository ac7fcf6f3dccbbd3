import type { RequestRun } from "../request-run.ts";
import type { Step } from "../step.ts";
import { type StepName, stepNames } from "../step-names.ts";
import { announce } from "./announce.ts";
import { certificate } from "./certificate.ts";
import { deactivate } from "./deactivate.ts";
import { delayed } from "./delayed.ts";
import { identities } from "./identities.ts";
import { leave } from "./leave.ts";
import { media } from "./media.ts";
import { recheck } from "./recheck.ts";
import { redact } from "./redact.ts";
import { remember } from "./remember.ts";
import { residue } from "./residue.ts";
import { rooms } from "./rooms.ts";
import { tell } from "./tell.ts";
import { thaw } from "./thaw.ts";
import { verify } from "./verify.ts";

const byName: { readonly [N in StepName]: Step<RequestRun> } = {
  remember, announce, thaw, redact, leave, delayed, media, identities, deactivate, verify, rooms, tell, residue, recheck, certificate,
};

/** In their order. */
export const steps: readonly Step<RequestRun>[] = stepNames.map((name) => byName[name]);
