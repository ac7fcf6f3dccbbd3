/** Everything that is worth a record. Closed: a new event is added here first. */
export const auditEvents = [
  "submitted",
  "code_requested",
  "code_sent",
  "confirmed",
  "auto_approved",
  "agreed",
  "approved",
  "kind_granted",
  "kind_refused",
  "denied",
  "held",
  "unheld",
  "grace_ended",
  "suspended",
  "thawed",
  "step_done",
  "step_failed",
  "step_overridden",
  "other_told",
  "certified",
  "certificate_opened",
  "erased",
  "erasure_replayed",
  "drift_found",
  "forgotten",
  "clock_gap",
  "extended",
  "asked",
  "answered",
  "enquiry_ended",
  "paused",
  "resumed",
  "assigned",
  "noted",
  "attached",
  "entered",
  "form_received",
  "form_proved",
  "collected",
  "replied",
  "looked",
  "register_exported",
  "feed_opened",
  "feed_revoked",
  "consent_given",
  "consent_withdrawn",
  "consent_objected",
  "consent_recorded",
  "consent_differs",
  "policy_published",
  "policy_told",
  "report_made",
  "withdrawn",
  "expired",
  "reminded",
  "counted",
  "started",
  "build_restarted",
  "gate_passed",
  "gate_blocked",
  "built",
  "handed_out",
  "gave_up",
  "package_lost",
  "retried",
  "downloaded",
  "fulfilled",
  "package_removed",
  "frozen",
  "released",
  "purged",
  "cli_exported",
  "session_opened",
  "session_closed",
] as const;
export type AuditEvent = (typeof auditEvents)[number];

export type AuditRole = "subject" | "operator" | "worker" | "clock" | "cli";

/** Ids, event names, codes and counts. Never a Matrix ID, an address, a room or somebody's words. */
export type AuditData = Readonly<Record<string, string | number | boolean | null>>;

export interface AuditEntry {
  readonly at: Date;
  readonly event: AuditEvent;
  readonly actor: AuditRole;
  readonly actorId?: string | null;
  readonly requestId?: string | null;
  readonly data?: AuditData;
}
