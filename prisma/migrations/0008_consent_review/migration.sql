-- AlterEnum
ALTER TYPE "ConsentVia" ADD VALUE 'officer';
