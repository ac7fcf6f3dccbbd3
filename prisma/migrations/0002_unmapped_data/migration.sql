-- CreateTable
CREATE TABLE "UnmappedData" (
    "name" TEXT NOT NULL,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "toldAt" TIMESTAMPTZ(3),

    CONSTRAINT "UnmappedData_pkey" PRIMARY KEY ("name")
);
