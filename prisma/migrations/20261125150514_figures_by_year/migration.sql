-- DropIndex
DROP INDEX "measurements_year_as_of_idx";

-- CreateIndex
CREATE INDEX "measurements_year_idx" ON "measurements"("year");

-- CreateIndex
CREATE INDEX "audit_batches_at_idx" ON "audit_batches" USING BRIN ("at");
