-- AlterTable
ALTER TABLE "known_devices" ADD COLUMN     "method" TEXT,
ADD COLUMN     "remember" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "known_devices_token_hash_last_seen_at_idx" ON "known_devices"("token_hash", "last_seen_at");
