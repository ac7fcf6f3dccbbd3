import type { WorkerContext } from "#lib/context.ts";
import { GiveUp } from "#lib/errors.ts";
import { defaultLocale } from "#lib/messages/messages.ts";
import type { BuildFailure } from "./failures.ts";
import type { PackageOrder } from "./order.ts";

type Asked = Pick<PackageOrder, "subject" | "reference" | "scope" | "kinds">;

/**
 * What the homeserver adds to what was asked for.
 * @throws GiveUp "account_gone", or what the homeserver throws
 */
export async function prepareOrder(
  { homeserver }: Pick<WorkerContext, "homeserver">, { subject, reference, scope, kinds }: Asked,
): Promise<PackageOrder> {
  const account = await homeserver.account(subject);
  if (!account) throw new GiveUp("account_gone" satisfies BuildFailure);
  const { version } = await homeserver.identify();
  return { subject, displayName: account.displayName, reference, scope, kinds, homeserverVersion: `Synapse ${version}`, locale: defaultLocale };
}
