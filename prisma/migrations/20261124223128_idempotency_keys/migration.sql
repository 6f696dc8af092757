-- CreateTable
CREATE TABLE "idempotency_keys" (
    "subject" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("subject","mutation","key")
);

-- Their hashes left out the reason and the revisions: such a key is used up, and refused whatever comes with it.
INSERT INTO "idempotency_keys" ("subject", "mutation", "key", "content_hash", "answer", "recorded_at")
SELECT "recorded_by", 'submitMeasurements', "idempotency_key", '', "stored"::text, "recorded_at" FROM "submissions"
ON CONFLICT DO NOTHING;

-- DropTable
DROP TABLE "submissions";

-- A newer version used to end the trust in the ones before it; from now on trust stands with its version.
UPDATE "saved_queries" q SET "trusted" = false
WHERE "trusted" AND EXISTS (SELECT FROM "saved_queries" n WHERE n."slug" = q."slug" AND n."version" > q."version");

CREATE UNIQUE INDEX "saved_queries_trusted" ON "saved_queries" ("slug") WHERE "trusted";
