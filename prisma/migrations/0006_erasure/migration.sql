-- CreateEnum
CREATE TYPE "StepState" AS ENUM ('intended', 'done', 'failed', 'overridden');

-- CreateEnum
CREATE TYPE "NoticeTarget" AS ENUM ('appservice', 'homeserver', 'identity_server');

-- CreateEnum
CREATE TYPE "NoticeState" AS ENUM ('waiting', 'acknowledged', 'asked', 'not_supported', 'unreachable', 'nobody');

-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "agreedAt" TIMESTAMPTZ(3),
ADD COLUMN     "agreedById" UUID,
ADD COLUMN     "heldAt" TIMESTAMPTZ(3),
ADD COLUMN     "heldById" UUID,
ADD COLUMN     "holdReason" TEXT,
ADD COLUMN     "holdText" TEXT,
ADD COLUMN     "notBefore" TIMESTAMPTZ(3),
ADD COLUMN     "planId" UUID,
ADD COLUMN     "risks" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "wrongCodes" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "wrongCodesSince" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "ErasurePlan" (
    "id" UUID NOT NULL,
    "personId" UUID NOT NULL,
    "askedAt" TIMESTAMPTZ(3) NOT NULL,
    "madeAt" TIMESTAMPTZ(3),
    "hash" TEXT,
    "body" JSONB,

    CONSTRAINT "ErasurePlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Erasure" (
    "requestId" UUID NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "leaseUntil" TIMESTAMPTZ(3),
    "updatedAt" TIMESTAMPTZ(3),
    "suspendedAt" TIMESTAMPTZ(3),
    "memory" BYTEA,
    "residue" JSONB,

    CONSTRAINT "Erasure_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "ErasureStep" (
    "requestId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "state" "StepState" NOT NULL,
    "intendedAt" TIMESTAMPTZ(3) NOT NULL,
    "movedAt" TIMESTAMPTZ(3),
    "doneAt" TIMESTAMPTZ(3),
    "wakeAt" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "facts" JSONB NOT NULL DEFAULT '{}',
    "failure" TEXT,
    "overriddenById" UUID,
    "overrideReason" TEXT,

    CONSTRAINT "ErasureStep_pkey" PRIMARY KEY ("requestId","name")
);

-- CreateTable
CREATE TABLE "ErasureNotice" (
    "id" UUID NOT NULL,
    "requestId" UUID NOT NULL,
    "target" "NoticeTarget" NOT NULL,
    "name" TEXT NOT NULL,
    "state" "NoticeState" NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "nextAt" TIMESTAMPTZ(3),
    "lastAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "ErasureNotice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "requestId" UUID NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "document" JSONB NOT NULL,
    "pdf" BYTEA NOT NULL,
    "salt" TEXT NOT NULL,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("requestId")
);

-- CreateTable
CREATE TABLE "ErasedAccount" (
    "mark" TEXT NOT NULL,
    "erasedAt" TIMESTAMPTZ(3) NOT NULL,
    "redacted" BOOLEAN NOT NULL,
    "driftAt" TIMESTAMPTZ(3),

    CONSTRAINT "ErasedAccount_pkey" PRIMARY KEY ("mark")
);

-- CreateTable
CREATE TABLE "Heartbeat" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "restUntil" TIMESTAMPTZ(3),

    CONSTRAINT "Heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ErasurePlan_personId_idx" ON "ErasurePlan"("personId");

-- CreateIndex
CREATE INDEX "ErasurePlan_askedAt_idx" ON "ErasurePlan"("askedAt");

-- CreateIndex
CREATE INDEX "ErasureNotice_nextAt_idx" ON "ErasureNotice"("nextAt");

-- CreateIndex
CREATE UNIQUE INDEX "ErasureNotice_requestId_target_name_key" ON "ErasureNotice"("requestId", "target", "name");

-- CreateIndex
CREATE UNIQUE INDEX "Request_planId_key" ON "Request"("planId");

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_agreedById_fkey" FOREIGN KEY ("agreedById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_heldById_fkey" FOREIGN KEY ("heldById") REFERENCES "Person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Request" ADD CONSTRAINT "Request_planId_fkey" FOREIGN KEY ("planId") REFERENCES "ErasurePlan"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasurePlan" ADD CONSTRAINT "ErasurePlan_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Erasure" ADD CONSTRAINT "Erasure_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasureStep" ADD CONSTRAINT "ErasureStep_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Erasure"("requestId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ErasureNotice" ADD CONSTRAINT "ErasureNotice_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Erasure"("requestId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "Request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
