-- CreateEnum
CREATE TYPE "RequestVia" AS ENUM ('portal', 'form', 'mail', 'letter', 'other');

-- CreateEnum
CREATE TYPE "EnquiryAbout" AS ENUM ('identity', 'clarification');

-- CreateEnum
CREATE TYPE "EnquiryEnd" AS ENUM ('answered', 'satisfied', 'dropped', 'closed');

-- CreateEnum
CREATE TYPE "ConsentAct" AS ENUM ('given', 'withdrawn', 'objected');

-- CreateEnum
CREATE TYPE "ConsentVia" AS ENUM ('homeserver_link', 'portal', 'homeserver');

-- CreateEnum
CREATE TYPE "ToldState" AS ENUM ('waiting', 'recorded', 'failed');

-- CreateEnum
CREATE TYPE "AskState" AS ENUM ('waiting', 'looked', 'proved');

-- AlterTable
ALTER TABLE "Person" ADD COLUMN     "admin" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "homeserverConsentAt" TIMESTAMPTZ(3),
ADD COLUMN     "homeserverConsentReadAt" TIMESTAMPTZ(3),
ADD COLUMN     "homeserverConsentVersion" TEXT,
ADD COLUMN     "locale" TEXT;

-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "answerText" TEXT,
ADD COLUMN     "askedAt" TIMESTAMPTZ(3),
ADD COLUMN     "assigneeId" UUID,
ADD COLUMN     "enteredById" UUID,
ADD COLUMN     "evidence" TEXT,
ADD COLUMN     "extendedAt" TIMESTAMPTZ(3),
ADD COLUMN     "extendedById" UUID,
ADD COLUMN     "extensionReason" TEXT,
ADD COLUMN     "extensionText" TEXT,
ADD COLUMN     "pausedAt" TIMESTAMPTZ(3),
ADD COLUMN     "via" "RequestVia" NOT NULL DEFAULT 'portal';

-- CreateTable
CREATE TABLE "Enquiry" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "about" "EnquiryAbout" NOT NULL,
    "pauses" BOOLEAN NOT NULL,
    "restarts" BOOLEAN NOT NULL DEFAULT false,
    "question" TEXT NOT NULL,
    "doubt" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "askedById" UUID NOT NULL,
    "answer" TEXT,
    "answeredAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "ended" "EnquiryEnd",

    CONSTRAINT "Enquiry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "authorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffView" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "viewerId" UUID NOT NULL,
    "subjectId" UUID NOT NULL,
    "requestId" UUID,
    "role" TEXT NOT NULL,
    "what" TEXT NOT NULL,

    CONSTRAINT "StaffView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SavedView" (
    "id" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,

    CONSTRAINT "SavedView_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FeedToken" (
    "id" UUID NOT NULL,
    "ownerId" UUID NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "lastUsedAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "FeedToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentRecord" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "act" "ConsentAct" NOT NULL,
    "via" "ConsentVia" NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "language" TEXT,
    "textHash" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ConsentRecord_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentReceipt" (
    "consentId" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "pdf" BYTEA,

    CONSTRAINT "ConsentReceipt_pkey" PRIMARY KEY ("consentId")
);

-- CreateTable
CREATE TABLE "ConsentTold" (
    "consentId" UUID NOT NULL,
    "state" "ToldState" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "recordedAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "ConsentTold_pkey" PRIMARY KEY ("consentId")
);

-- CreateTable
CREATE TABLE "PolicyPublication" (
    "id" UUID NOT NULL,
    "policy" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "publishedAt" TIMESTAMPTZ(3) NOT NULL,
    "notify" BOOLEAN NOT NULL,
    "cursor" TEXT,
    "told" INTEGER NOT NULL DEFAULT 0,
    "doneAt" TIMESTAMPTZ(3),

    CONSTRAINT "PolicyPublication_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PublicAsk" (
    "id" UUID NOT NULL,
    "mxid" TEXT NOT NULL,
    "kind" "RequestKind" NOT NULL,
    "text" TEXT,
    "locale" TEXT,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "state" "AskState" NOT NULL DEFAULT 'waiting',
    "hash" TEXT,
    "nonce" TEXT NOT NULL,
    "expiresAt" TIMESTAMPTZ(3),
    "triesLeft" INTEGER NOT NULL DEFAULT 5,
    "address" BYTEA,
    "requestId" UUID,

    CONSTRAINT "PublicAsk_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Report" (
    "month" TEXT NOT NULL,
    "madeAt" TIMESTAMPTZ(3) NOT NULL,
    "numbers" JSONB NOT NULL,
    "pdf" BYTEA NOT NULL,

    CONSTRAINT "Report_pkey" PRIMARY KEY ("month")
);

-- CreateIndex
CREATE INDEX "Enquiry_requestId_idx" ON "Enquiry"("requestId");

-- CreateIndex
CREATE INDEX "Note_requestId_idx" ON "Note"("requestId");

-- CreateIndex
CREATE INDEX "Attachment_requestId_idx" ON "Attachment"("requestId");

-- CreateIndex
CREATE INDEX "StaffView_subjectId_at_idx" ON "StaffView"("subjectId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "SavedView_ownerId_name_key" ON "SavedView"("ownerId", "name");

-- CreateIndex
CREATE UNIQUE INDEX "FeedToken_hash_key" ON "FeedToken"("hash");

-- CreateIndex
CREATE INDEX "FeedToken_ownerId_idx" ON "FeedToken"("ownerId");

-- CreateIndex
CREATE INDEX "ConsentRecord_personId_at_idx" ON "ConsentRecord"("personId", "at");

-- CreateIndex
CREATE UNIQUE INDEX "PolicyPublication_policy_version_key" ON "PolicyPublication"("policy", "version");

-- CreateIndex
CREATE UNIQUE INDEX "PublicAsk_requestId_key" ON "PublicAsk"("requestId");

-- CreateIndex
CREATE INDEX "PublicAsk_askedAt_idx" ON "PublicAsk"("askedAt");

-- CreateIndex
CREATE INDEX "Request_assigneeId_idx" ON "Request"("assigneeId");

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_enteredById_fkey" FOREIGN KEY ("enteredById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_extendedById_fkey" FOREIGN KEY ("extendedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enquiry" ADD CONSTRAINT "Enquiry_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Enquiry" ADD CONSTRAINT "Enquiry_askedById_fkey" FOREIGN KEY ("askedById") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffView" ADD CONSTRAINT "StaffView_viewerId_fkey" FOREIGN KEY ("viewerId") REFERENCES "Person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffView" ADD CONSTRAINT "StaffView_subjectId_fkey" FOREIGN KEY ("subjectId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StaffView" ADD CONSTRAINT "StaffView_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SavedView" ADD CONSTRAINT "SavedView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "FeedToken" ADD CONSTRAINT "FeedToken_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentRecord" ADD CONSTRAINT "ConsentRecord_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentReceipt" ADD CONSTRAINT "ConsentReceipt_consentId_fkey" FOREIGN KEY ("consentId") REFERENCES "ConsentRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ConsentTold" ADD CONSTRAINT "ConsentTold_consentId_fkey" FOREIGN KEY ("consentId") REFERENCES "ConsentRecord"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PublicAsk" ADD CONSTRAINT "PublicAsk_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The ledger of consents is append-only: what was said is never changed, only deleted with the person (purge).
CREATE FUNCTION "refuse_consent_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger of consents is append-only';
END
$$;
CREATE TRIGGER "ConsentRecord_append_only" BEFORE UPDATE ON "ConsentRecord" FOR EACH ROW EXECUTE FUNCTION "refuse_consent_change"();
