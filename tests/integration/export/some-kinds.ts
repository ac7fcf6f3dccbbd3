import type { Kind } from "#lib/kinds/kind.ts";
import { fakeKind } from "#tests/fixtures/package.ts";

export const someKinds: readonly Kind[] = [
  fakeKind("account", { rows: [{ name: "anna" }] }),
  fakeKind("messages", { rows: Array.from({ length: 40 }, (_, at) => ({ at, text: `message ${at}` })) }),
];
