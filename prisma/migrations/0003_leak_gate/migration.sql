-- AlterTable
ALTER TABLE "Build" ADD COLUMN     "verdict" JSONB,
ADD COLUMN     "verdictAt" TIMESTAMPTZ(3);
