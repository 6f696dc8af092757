-- DropIndex
DROP INDEX "measurements_year_as_of_idx";

-- CreateIndex
CREATE INDEX "measurements_year_idx" ON "measurements"("year");
