import { describe, expect, it } from "vitest";
import { Prisma } from "#lib/db/generated/client.ts";
import { DomainError, GiveUp, RetryLater } from "#lib/errors.ts";
import { asJobError, asSinkError, buildFailures, Mismatch, StorageDown } from "#lib/export/failures.ts";
import { LedgerUnbalanced } from "#lib/export/ledger.ts";
import { GateFailed } from "#lib/leak-gate/gate.ts";
import { HomeserverRefused, HomeserverUnavailable } from "#lib/matrix/homeserver.ts";
import { messagesFor } from "#lib/messages/messages.ts";
import { StorageFull } from "#lib/storage/storage.ts";
import { SynapseDbUnavailable, SynapseDbUnfit } from "#lib/synapse-db/synapse-db.ts";

const prisma = (code: string) => new Prisma.PrismaClientKnownRequestError("words", { code, clientVersion: "0" });

describe("failures of a build", () => {
  it("have words", () => {
    const words = messagesFor("en").failures as Record<string, string>;
    expect(buildFailures.filter((failure) => !words[failure])).toEqual([]);
  });

  it.each([
    [new HomeserverUnavailable("x", { afterSeconds: 7 }), RetryLater, "homeserver_down", 7],
    [new SynapseDbUnavailable(), RetryLater, "synapse_database_down", null],
    [new StorageFull(), RetryLater, "storage_full", 300],
    [new StorageDown(new Error("x")), RetryLater, "storage_down", null],
    [new GateFailed("silent"), RetryLater, "gate_failed", null],
    [prisma("P1001"), RetryLater, "database_down", null],
  ])("%s may pass", (error, type, failure, afterSeconds) => {
    expect(asJobError(error)).toBeInstanceOf(type);
    expect(asJobError(error)).toMatchObject({ failure, afterSeconds });
  });

  it.each([
    [new HomeserverRefused(403, "M_FORBIDDEN"), "homeserver_refused"],
    [new SynapseDbUnfit("42501"), "synapse_database_refused"],
    [new Mismatch("x", 1, 2), "mismatch"],
    [new LedgerUnbalanced("messages", "x"), "mismatch"],
  ])("%s needs an operator", (error, failure) => {
    expect(asJobError(error)).toBeInstanceOf(GiveUp);
    expect(asJobError(error)).toMatchObject({ failure });
  });

  it.each([new TypeError("a bug"), prisma("P2002"), new DomainError("conflict", "x"), new RetryLater("busy")])("%s stays what it is", (error) => {
    expect(asJobError(error)).toBe(error);
  });

  it("tell a full place from one that is away", () => {
    const full = new StorageFull();
    expect(asSinkError(full)).toBe(full);
    expect(asSinkError(new Error("EIO"))).toBeInstanceOf(StorageDown);
  });
});
