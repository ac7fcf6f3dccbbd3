import type { Policy } from "#lib/config/policy.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

/** Since what a period counts. */
export type Since = "closed" | "built" | "ended" | "asked" | "revoked" | "expired";

/**
 * How long rows of a model stay. `days` after `since`; `with` another model; `while` something lasts (a code); `good`: for
 * good, because they are proof and name nobody.
 */
export type Rule =
  | { readonly is: "days"; readonly since: Since; readonly days: number }
  | { readonly is: "with"; readonly model: Prisma.ModelName }
  | { readonly is: "while"; readonly what: "referred_to" | "unclassified" | "kept_by_owner" | "in_force" | "running" }
  | { readonly is: "good" };

/** Names under public.notice.kept.*: what the person is told of it. null: holds nothing of a person. */
export type KeptName = "person" | "session" | "spentToken" | "request" | "code" | "package" | "letter" | "plan" | "erasure" | "certificate" | "register" | "audit" | "casework" | "looks" | "consent" | "ask" | "desk";

export interface Kept {
  readonly told: KeptName | null;
  readonly rule: Rule;
}

const withRequest: Rule = { is: "with", model: "Request" };
const forGood: Rule = { is: "good" };

/**
 * Art. 5(1)(e), 13(2)(a): how long everything stays that the portal itself keeps, a row a model. The privacy notice, the
 * desk and purge.ts read this table and nothing else; a model that is not in it does not compile.
 */
export function retention({ retentionDays, packageDays }: Pick<Policy, "retentionDays" | "packageDays">): Readonly<Record<Prisma.ModelName, Kept>> {
  return {
    Person: { told: "person", rule: { is: "while", what: "referred_to" } },
    Session: { told: "session", rule: { is: "days", since: "ended", days: 1 } },
    SpentToken: { told: "spentToken", rule: { is: "days", since: "expired", days: 0 } },
    Request: { told: "request", rule: { is: "days", since: "closed", days: retentionDays } },
    Code: { told: "code", rule: withRequest },
    Build: { told: "request", rule: withRequest },
    Package: { told: "package", rule: { is: "days", since: "built", days: packageDays } },
    Letter: { told: "letter", rule: withRequest },
    Enquiry: { told: "casework", rule: withRequest },
    Note: { told: "casework", rule: withRequest },
    Attachment: { told: "casework", rule: withRequest },
    StaffView: { told: "looks", rule: withRequest },
    PublicAsk: { told: "ask", rule: { is: "days", since: "asked", days: 1 } },
    ErasurePlan: { told: "plan", rule: { is: "days", since: "asked", days: 1 } },
    Erasure: { told: "erasure", rule: withRequest },
    ErasureStep: { told: "erasure", rule: withRequest },
    ErasureNotice: { told: "erasure", rule: withRequest },
    Certificate: { told: "certificate", rule: withRequest },
    ErasedAccount: { told: "register", rule: forGood },
    ConsentRecord: { told: "consent", rule: { is: "while", what: "in_force" } },
    ConsentReceipt: { told: "consent", rule: { is: "with", model: "ConsentRecord" } },
    ConsentTold: { told: "consent", rule: { is: "with", model: "ConsentRecord" } },
    PolicyPublication: { told: null, rule: forGood },
    SavedView: { told: "desk", rule: { is: "while", what: "kept_by_owner" } },
    FeedToken: { told: "desk", rule: { is: "days", since: "revoked", days: 1 } },
    AuditRecord: { told: "audit", rule: forGood },
    AuditHead: { told: null, rule: forGood },
    SigningKey: { told: null, rule: forGood },
    UnmappedData: { told: null, rule: { is: "while", what: "unclassified" } },
    Report: { told: null, rule: forGood },
    Heartbeat: { told: null, rule: { is: "while", what: "running" } },
  };
}

/** When a row must have ended to be gone by now. Throws where the model has no period of its own. */
export function endedBy(model: Prisma.ModelName, policy: Pick<Policy, "retentionDays" | "packageDays">, now: Date): Date {
  const { rule } = retention(policy)[model];
  if (rule.is !== "days") throw new Error(`${model} has no period of its own`);
  return new Date(now.getTime() - rule.days * 86_400_000);
}

/** What a person is told of, in the order of the table. */
export function toldOf(policy: Pick<Policy, "retentionDays" | "packageDays">): readonly KeptName[] {
  return [...new Set(Object.values(retention(policy)).flatMap(({ told }) => told ?? []))];
}
