-- CreateEnum
CREATE TYPE "filing_kind" AS ENUM ('pact', 'plan', 'midterm', 'final', 'duty', 'self_score', 'appraised_score');

-- AlterTable
ALTER TABLE "eligibility_facts" DROP CONSTRAINT "eligibility_facts_pkey",
ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recorded_by" TEXT NOT NULL DEFAULT 'seed',
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ALTER COLUMN "value" DROP NOT NULL,
ALTER COLUMN "value" TYPE JSONB USING to_jsonb("value"),
ADD CONSTRAINT "eligibility_facts_pkey" PRIMARY KEY ("unit_code", "year", "fact", "revision");

-- CreateTable
CREATE TABLE "cluster_heads" (
    "cluster_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "unit_code" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "cluster_heads_pkey" PRIMARY KEY ("cluster_code","year")
);

-- CreateTable
CREATE TABLE "filings" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "kind" "filing_kind" NOT NULL,
    "subject" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "filed_on" DATE NOT NULL,
    "signed_by" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "content" JSONB NOT NULL DEFAULT '[]',
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "filings_pkey" PRIMARY KEY ("unit_code","year","kind","subject","revision")
);

-- CreateTable
CREATE TABLE "deadlines" (
    "year" INTEGER NOT NULL,
    "kind" "filing_kind" NOT NULL,
    "due_on" DATE NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "deadlines_pkey" PRIMARY KEY ("year","kind")
);

-- CreateTable
CREATE TABLE "frozen_rankings" (
    "id" TEXT NOT NULL,
    "cluster_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "as_of" DATE NOT NULL,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "frozen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "frozen_by" TEXT NOT NULL,

    CONSTRAINT "frozen_rankings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "commendation_steps" (
    "ranking_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "step" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_by" TEXT NOT NULL,

    CONSTRAINT "commendation_steps_pkey" PRIMARY KEY ("ranking_id","number")
);

-- CreateIndex
CREATE UNIQUE INDEX "frozen_rankings_cluster_code_year_number_key" ON "frozen_rankings"("cluster_code", "year", "number");

-- AddForeignKey
ALTER TABLE "cluster_heads" ADD CONSTRAINT "cluster_heads_cluster_code_fkey" FOREIGN KEY ("cluster_code") REFERENCES "clusters"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cluster_heads" ADD CONSTRAINT "cluster_heads_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "filings" ADD CONSTRAINT "filings_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "frozen_rankings" ADD CONSTRAINT "frozen_rankings_cluster_code_fkey" FOREIGN KEY ("cluster_code") REFERENCES "clusters"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "commendation_steps" ADD CONSTRAINT "commendation_steps_ranking_id_fkey" FOREIGN KEY ("ranking_id") REFERENCES "frozen_rankings"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
