import type { PrismaClient } from "#lib/db/generated/client.ts";
import type { PortalRecord } from "#lib/kinds/kind.ts";
import type { Mxid } from "#lib/matrix/homeserver.ts";

/** What a record has not. */
const nothing = { at: null, request: null, what: null, state: null, until: null, count: null, more: {} };

/**
 * Every row of the portal's own database about the person. Secrets and what names an operator stay out: the hash of a
 * code, keys and places of packages, keyed hashes of addresses, who decided. Of an audit entry its place and hash, by
 * which it can be pointed at.
 */
export async function readPortalRecords(db: PrismaClient, subject: Mxid): Promise<readonly PortalRecord[]> {
  const person = await db.person.findUnique({
    where: { mxid: subject },
    include: {
      sessions: { orderBy: [{ authenticatedAt: "asc" }, { id: "asc" }] },
      requests: { orderBy: [{ receivedAt: "asc" }, { id: "asc" }], include: { build: true } },
      decisions: { orderBy: [{ decidedAt: "asc" }, { id: "asc" }], select: { decidedAt: true, state: true } },
      agreements: { orderBy: [{ agreedAt: "asc" }, { id: "asc" }], select: { agreedAt: true, state: true } },
      consents: { orderBy: [{ at: "asc" }, { id: "asc" }], include: { told: true, receipt: { select: { document: true } } } },
      extensions: { orderBy: [{ extendedAt: "asc" }, { id: "asc" }], select: { extendedAt: true, state: true } },
      enquiries: { orderBy: [{ askedAt: "asc" }, { id: "asc" }], select: { askedAt: true, request: { select: { state: true } } } },
      entered: { orderBy: [{ receivedAt: "asc" }, { id: "asc" }], select: { receivedAt: true, state: true } },
      notes: { orderBy: [{ at: "asc" }, { id: "asc" }], select: { at: true, request: { select: { state: true } } } },
      attachments: { orderBy: [{ at: "asc" }, { id: "asc" }], select: { at: true, request: { select: { state: true } } } },
      holds: { orderBy: [{ heldAt: "asc" }, { id: "asc" }], select: { heldAt: true, state: true } },
    },
  });
  if (person === null) return [];
  const { sessions, requests, decisions, agreements, holds, extensions, enquiries: asked, entered, notes: noted, attachments: attached, consents: consentRecords, firstSeenAt, accountState, hasMail, admin, locale, accountReadAt, countsReadAt, counts } = person;
  const { homeserverConsentVersion, homeserverConsentAt, homeserverConsentReadAt } = person;
  const references = new Map(requests.map(({ id, reference }) => [id, reference]));
  const ofTheirs = { requestId: { in: [...references.keys()] } };
  const [publicAsk, note, attachment, looks, enquiries, codes, letters, packages, audit] = await Promise.all([
    db.publicAsk.findMany({ where: { OR: [ofTheirs, { mxid: subject }] }, orderBy: [{ askedAt: "asc" }, { id: "asc" }] }),
    db.note.findMany({ where: ofTheirs, orderBy: [{ at: "asc" }, { id: "asc" }] }),
    db.attachment.findMany({ where: ofTheirs, orderBy: [{ at: "asc" }, { id: "asc" }], omit: { sealed: true } }),
    db.staffView.findMany({ where: { subjectId: person.id }, orderBy: [{ at: "asc" }, { id: "asc" }] }),
    db.enquiry.findMany({ where: ofTheirs, orderBy: [{ askedAt: "asc" }, { id: "asc" }] }),
    db.code.findMany({ where: ofTheirs, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    db.letter.findMany({ where: ofTheirs, orderBy: [{ createdAt: "asc" }, { id: "asc" }] }),
    db.package.findMany({ where: ofTheirs, orderBy: [{ builtAt: "asc" }, { id: "asc" }] }),
    db.auditRecord.findMany({ where: { OR: [ofTheirs, { actorId: person.id }] }, orderBy: { seq: "asc" } }),
  ]);
  const of = (row: { readonly requestId: string | null }) => (row.requestId === null ? null : (references.get(row.requestId) ?? null));
  return [
    { ...nothing, record: "person", at: firstSeenAt, state: accountState, more: { hasMail, admin, locale, accountReadAt, countsReadAt, counts, homeserverConsentVersion, homeserverConsentAt, homeserverConsentReadAt } },
    ...sessions.map(({ authenticatedAt, expiresAt, revokedAt, checkedAt }): PortalRecord =>
      ({ ...nothing, record: "session", at: authenticatedAt, until: revokedAt ?? expiresAt, more: { expiresAt, revokedAt, checkedAt } })),
    ...requests.map((row): PortalRecord => {
      const { receivedAt, reference, kind, state, dueAt, scope, confirmedAt, decidedAt, denialReason, denialText, failure, frozenAt, closedAt, counts, granted, refused } = row;
      const { via, evidence, answerText, previewFirst } = row;
      const { extendedAt, extensionReason, extensionText, askedAt, pausedAt } = row;
      const { risks, agreedAt, notBefore, heldAt, holdReason, holdText, wrongCodes, wrongCodesSince } = row;
      const erasure = kind === "erasure" ? { risks, agreedAt, notBefore, heldAt, holdReason, holdText, wrongCodes, wrongCodesSince } : {};
      const more = { scope, confirmedAt, decidedAt, denialReason, denialText, failure, frozenAt, closedAt, counts, granted, refused, extendedAt, extensionReason, extensionText, askedAt, pausedAt, via, evidence, answerText, previewFirst, ...erasure };
      return { ...nothing, record: "request", at: receivedAt, request: reference, what: kind, state, until: dueAt, more };
    }),
    ...requests.flatMap(({ reference, build }): PortalRecord[] =>
      build ? [{ ...nothing, record: "build", at: build.startedAt, request: reference, count: build.attempts }] : []),
    // Who of the privacy team looked: when, as what, at what; never who.
    ...looks.map(({ at, role, what, requestId }): PortalRecord => ({ ...nothing, record: "look", at, request: of({ requestId }), what, more: { role } })),
    ...codes.map(({ createdAt, sentAt, usedAt, expiresAt, triesLeft, ...row }): PortalRecord =>
      ({ ...nothing, record: "code", at: createdAt, request: of(row), until: expiresAt, count: triesLeft, more: { sentAt, usedAt } })),
    ...letters.map(({ name, channel, state, createdAt, sentAt, attempts, failure, ...row }): PortalRecord =>
      ({ ...nothing, record: "letter", at: createdAt, request: of(row), what: name, state, count: attempts, more: { channel, sentAt, failure } })),
    ...packages.map(({ builtAt, expiresAt, removedAt, downloads, bytes, sha256, summary, ...row }): PortalRecord =>
      ({ ...nothing, record: "package", at: builtAt, request: of(row), until: expiresAt, count: downloads, more: { bytes: Number(bytes), sha256, removedAt, summary } })),
    ...consentRecords.map(({ at, policy, act, id, via, version, language, textHash, told, receipt }): PortalRecord =>
      ({ ...nothing, record: "consent", at, what: policy, state: act, more: { id, via, version, language, textHash, homeserver: told && { state: told.state, recordedAt: told.recordedAt, failure: told.failure }, receipt: receipt?.document ?? null } })),
    // What the person was asked, why, and what they answered; not by whom.
    ...enquiries.map(({ askedAt, endedAt, about, ended, pauses, restarts, question, doubt, answer, answeredAt, ...row }): PortalRecord =>
      ({ ...nothing, record: "enquiry", at: askedAt, request: of(row), what: about, state: ended, until: endedAt, more: { pauses, restarts, question, doubt, answer, answeredAt } })),
    // The public form in the person's name, whoever filled it in; neither the code nor the sealed address.
    ...publicAsk.map(({ askedAt, kind, state, expiresAt, triesLeft, text, locale, ...row }): PortalRecord =>
      ({ ...nothing, record: "ask", at: askedAt, request: of(row), what: kind, state, until: expiresAt, count: triesLeft, more: { text, locale } })),
    // What the privacy team noted about their case, word for word, and the files it holds; not who.
    ...note.map(({ at, text, ...row }): PortalRecord => ({ ...nothing, record: "note", at, request: of(row), more: { text } })),
    ...attachment.map(({ at, name, mediaType, bytes, sha256, ...row }): PortalRecord => ({ ...nothing, record: "attachment", at, request: of(row), what: mediaType, count: bytes, more: { name, sha256 } })),
    ...(await readErasureRecords(db, person.id, references)),
    // Decisions the person took as an officer: that they did and when, not about whom.
    ...decisions.map(({ decidedAt, state }): PortalRecord => ({ ...nothing, record: "decision", at: decidedAt, state })),
    ...agreements.map(({ agreedAt, state }): PortalRecord => ({ ...nothing, record: "decision", at: agreedAt, what: "agreed", state })),
    ...holds.map(({ heldAt, state }): PortalRecord => ({ ...nothing, record: "decision", at: heldAt, what: "held", state })),
    ...extensions.map(({ extendedAt, state }): PortalRecord => ({ ...nothing, record: "decision", at: extendedAt, what: "extended", state })),
    ...asked.map(({ askedAt, request: { state } }): PortalRecord => ({ ...nothing, record: "decision", at: askedAt, what: "asked", state })),
    ...entered.map(({ receivedAt, state }): PortalRecord => ({ ...nothing, record: "decision", at: receivedAt, what: "entered", state })),
    ...noted.map(({ at, request: { state } }): PortalRecord => ({ ...nothing, record: "decision", at, what: "noted", state })),
    ...attached.map(({ at, request: { state } }): PortalRecord => ({ ...nothing, record: "decision", at, what: "attached", state })),
    ...audit.map(({ seq, at, event, actor, hash, ...row }): PortalRecord =>
      ({ ...nothing, record: "audit", at, request: of(row), what: event, count: Number(seq), more: { actor, hash } })),
  ];
}

/** Plans, and how far an erasure came. The sealed memory and the proof of a certificate are the person's by other ways. */
async function readErasureRecords(db: PrismaClient, personId: string, references: ReadonlyMap<string, string>): Promise<readonly PortalRecord[]> {
  const erasurePlan = await db.erasurePlan.findMany({ where: { personId }, orderBy: [{ askedAt: "asc" }, { id: "asc" }], include: { request: { select: { reference: true } } } });
  const erasures = await db.erasure.findMany({
    where: { request: { personId } },
    orderBy: { requestId: "asc" },
    include: { steps: { orderBy: [{ intendedAt: "asc" }, { name: "asc" }] }, notices: { orderBy: { id: "asc" } } },
  });
  const certificates = await db.certificate.findMany({ where: { request: { personId } }, orderBy: { issuedAt: "asc" }, select: { requestId: true, issuedAt: true, document: true } });
  const of = (requestId: string) => references.get(requestId) ?? null;
  return [
    ...erasurePlan.map(({ askedAt, request, hash, madeAt, body }): PortalRecord => ({ ...nothing, record: "plan", at: askedAt, request: request?.reference ?? null, more: { hash, madeAt, body } })),
    ...erasures.flatMap(({ requestId, suspendedAt, updatedAt, residue, steps: erasureStep, notices: erasureNotice }): PortalRecord[] => [
      { ...nothing, record: "erasure", at: updatedAt, request: of(requestId), more: { suspendedAt, residue } },
      ...erasureStep.map(({ name, state, intendedAt, wakeAt, tries, facts, failure, doneAt, overrideReason }): PortalRecord =>
        ({ ...nothing, record: "step", at: intendedAt, request: of(requestId), what: name, state, until: wakeAt, count: tries, more: { facts, failure, doneAt, overrideReason } })),
      ...erasureNotice.map(({ target, name, state, lastAt, nextAt, tries, failure }): PortalRecord =>
        ({ ...nothing, record: "notice", at: lastAt, request: of(requestId), what: target, state, until: nextAt, count: tries, more: { name, failure } })),
    ]),
    ...certificates.map(({ requestId, issuedAt, document }): PortalRecord => ({ ...nothing, record: "certificate", at: issuedAt, request: of(requestId), more: { document } })),
  ];
}
