-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "granted" JSONB,
ADD COLUMN     "refused" JSONB;
