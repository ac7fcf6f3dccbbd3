-- AlterTable
ALTER TABLE "Request" ADD COLUMN     "previewFirst" BOOLEAN NOT NULL DEFAULT false;
