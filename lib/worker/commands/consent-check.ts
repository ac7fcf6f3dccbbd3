import type { WorkerConfig } from "#lib/config/config.ts";
import { signLink } from "#lib/consent/link.ts";
import { currentText, listPolicies, TextsError } from "#lib/consent/texts.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { openHomeserver } from "#lib/matrix/synapse.ts";
import type { Translate } from "#lib/messages/messages.ts";
import type { Check, Finding } from "./checks.ts";

/** Where texts are configured: they can be read, the homeserver's form is there, and both ask for the same version. */
export function consentChecks({ policy, formSecret, homeserver }: WorkerConfig, t: Translate): Partial<Record<Check["name"], () => Promise<Finding>>> {
  if (policy.policies === null && formSecret === null) return {};
  return {
    consent: async () => {
      try {
        return await look(policy.policies, policy.language, formSecret, homeserver, t);
      } catch (error) {
        if (error instanceof TextsError) return unfit(error.message);
        if (error instanceof HomeserverRefused) return unfit(t(refusal(error.status)));
        throw error;
      }
    },
  };
}

function refusal(status: number): string {
  if (status === 404) return "cli.check.consentNoForm";
  return status < 400 ? "cli.check.consentElsewhere" : "cli.check.consentRefused";
}

const unfit = (detail: string): Finding => ({ verdict: "unfit", details: [detail] });
const ok = (detail: string): Finding => ({ verdict: "ok", details: [detail] });

async function look(folder: string | null, language: string, formSecret: string | null, homeserver: WorkerConfig["homeserver"], t: Translate): Promise<Finding> {
  const policies = await listPolicies(folder);
  for (const entry of policies) await currentText(folder, entry, language);
  if (formSecret === null) return ok(t("cli.check.consentAlone", { count: policies.length }));
  const own = policies.find((entry) => entry.homeserver);
  if (own === undefined) return unfit(t("cli.check.consentNoPolicy"));
  const version = await openHomeserver(homeserver).termsVersion((mxid) => signLink(formSecret, mxid));
  if (version === null) return ok(t("cli.check.consentUnsaid", { version: own.current }));
  if (version !== own.current) return unfit(t("cli.check.consentOther", { version, current: own.current }));
  return ok(t("cli.check.consentGood", { version }));
}
