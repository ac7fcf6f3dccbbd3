import type { Kind } from "#lib/kinds/kind.ts";
import { fakeEvents, fakeKind } from "#tests/fixtures/package.ts";

export const someKinds: readonly Kind[] = [
  fakeKind("account", { rows: [{ name: "anna" }] }),
  fakeEvents(Array.from({ length: 40 }, (_, at) => `message ${at}`)),
];
