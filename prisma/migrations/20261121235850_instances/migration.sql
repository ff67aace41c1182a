-- CreateTable
CREATE TABLE "instances" (
    "id" UUID NOT NULL,
    "secret_ids" TEXT[],
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "instances_pkey" PRIMARY KEY ("id")
);
