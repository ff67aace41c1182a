-- AlterTable
ALTER TABLE "sessions" ADD COLUMN     "provider_session_id" TEXT,
ADD COLUMN     "sealed_id_token" BYTEA;

-- AlterTable
ALTER TABLE "sign_in_challenges" ADD COLUMN     "provider_session_id" TEXT,
ADD COLUMN     "sealed_id_token" BYTEA;

-- CreateTable
CREATE TABLE "spent_identifiers" (
    "hash" BYTEA NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "spent_identifiers_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE INDEX "spent_identifiers_expires_at_idx" ON "spent_identifiers"("expires_at");

-- CreateIndex
CREATE INDEX "sessions_method_provider_session_id_idx" ON "sessions"("method", "provider_session_id");
