import type { WorkerConfig } from "#lib/config/config.ts";
import { readAppservices } from "#lib/matrix/appservices.ts";
import { readFederationKey } from "#lib/matrix/federation-key.ts";
import { HomeserverRefused } from "#lib/matrix/homeserver.ts";
import { openMas } from "#lib/matrix/mas.ts";
import type { Translate } from "#lib/messages/messages.ts";
import type { Check, Finding } from "./checks.ts";

type Looks = Partial<Record<Check["name"], () => Promise<Finding>>>;

/** What only erasures lean on, as far as it is configured. */
export function erasureChecks({ mas, appservices, homeserverSigningKey: keyFile }: WorkerConfig, t: Translate): Looks {
  return {
    ...(mas === null ? {} : { mas: () => masAdministers(mas, t) }),
    ...(appservices.length === 0 ? {} : { appservices: () => Promise.resolve(registrations(appservices, t)) }),
    ...(keyFile === null ? {} : { federation: () => Promise.resolve(federation(keyFile, t)) }),
  };
}

const ok = (detail: string): Finding => ({ verdict: "ok", details: [detail] });
const unfit = (detail: string): Finding => ({ verdict: "unfit", details: [detail] });

async function masAdministers(mas: NonNullable<WorkerConfig["mas"]>, t: Translate): Promise<Finding> {
  try {
    await openMas({ ...mas, now: () => new Date() }).ask("/users?page[first]=1");
    return ok(t("cli.check.masGood"));
  } catch (error) {
    if (error instanceof HomeserverRefused) return unfit(t("cli.check.masRefused"));
    throw error;
  }
}

function registrations(files: readonly string[], t: Translate): Finding {
  try {
    return ok(t("cli.check.registrations", { services: readAppservices(files).map(({ id }) => id).join(", ") }));
  } catch {
    return unfit(t("cli.check.noRegistration"));
  }
}

function federation(file: string, t: Translate): Finding {
  const key = readFederationKey(file);
  return key === null ? unfit(t("cli.check.noFederationKey")) : ok(key.id);
}
