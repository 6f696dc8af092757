-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "unit_level" AS ENUM ('province', 'district', 'commune', 'department', 'organisation');

-- CreateEnum
CREATE TYPE "measurement_status" AS ENUM ('estimate', 'preliminary', 'official');

-- CreateEnum
CREATE TYPE "cluster_kind" AS ENUM ('cluster', 'bloc');

-- CreateTable
CREATE TABLE "units" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" "unit_level" NOT NULL,
    "parent_code" TEXT,
    "search_key" TEXT NOT NULL,
    "valid_from" DATE,
    "valid_to" DATE,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,

    CONSTRAINT "units_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "measurements" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "indicator_id" TEXT NOT NULL,
    "as_of" DATE NOT NULL,
    "status" "measurement_status" NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "value" DOUBLE PRECISION NOT NULL,
    "source" TEXT,
    "note" TEXT,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "measurements_pkey" PRIMARY KEY ("unit_code","year","indicator_id","as_of","status","revision")
);

-- CreateTable
CREATE TABLE "submissions" (
    "unit_code" TEXT NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "stored" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "submissions_pkey" PRIMARY KEY ("unit_code","idempotency_key")
);

-- CreateTable
CREATE TABLE "unit_targets" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "indicator_id" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "comparator" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "baseline" DOUBLE PRECISION,
    "source" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "unit_targets_pkey" PRIMARY KEY ("unit_code","year","indicator_id","valid_from")
);

-- CreateTable
CREATE TABLE "clusters" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" "cluster_kind" NOT NULL,
    "source" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "clusters_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "memberships" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "cluster_code" TEXT NOT NULL,
    "inferred" BOOLEAN NOT NULL DEFAULT false,
    "source" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "memberships_pkey" PRIMARY KEY ("unit_code","year")
);

-- CreateTable
CREATE TABLE "eligibility_facts" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "fact" TEXT NOT NULL,
    "value" BOOLEAN NOT NULL,
    "source" TEXT NOT NULL,
    "synthetic" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "eligibility_facts_pkey" PRIMARY KEY ("unit_code","year","fact")
);

-- CreateTable
CREATE TABLE "data_sets" (
    "name" TEXT NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_sets_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "units_parent_code_idx" ON "units"("parent_code");

-- CreateIndex
CREATE INDEX "units_level_code_idx" ON "units"("level", "code");

-- CreateIndex
CREATE INDEX "measurements_year_as_of_idx" ON "measurements"("year", "as_of");

-- CreateIndex
CREATE INDEX "memberships_cluster_code_year_idx" ON "memberships"("cluster_code", "year");

-- AddForeignKey
ALTER TABLE "units" ADD CONSTRAINT "units_parent_code_fkey" FOREIGN KEY ("parent_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "measurements" ADD CONSTRAINT "measurements_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_targets" ADD CONSTRAINT "unit_targets_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_cluster_code_fkey" FOREIGN KEY ("cluster_code") REFERENCES "clusters"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "eligibility_facts" ADD CONSTRAINT "eligibility_facts_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("code") ON DELETE RESTRICT ON UPDATE CASCADE;
