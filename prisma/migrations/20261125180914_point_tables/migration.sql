-- CreateEnum
CREATE TYPE "point_table_step_kind" AS ENUM ('agreement', 'objection', 'adoption');

-- CreateEnum
CREATE TYPE "score_sheet_stage" AS ENUM ('self', 'first', 'explanation', 'second', 'final');

-- CreateTable
CREATE TABLE "point_table_versions" (
    "cluster_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "copied_from" TEXT,
    "reason" TEXT NOT NULL,
    "drafted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "drafted_by" TEXT NOT NULL,

    CONSTRAINT "point_table_versions_pkey" PRIMARY KEY ("cluster_code","year","version")
);

-- CreateTable
CREATE TABLE "point_table_steps" (
    "cluster_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "point_table_step_kind" NOT NULL,
    "unit_code" TEXT,
    "decision_number" TEXT,
    "decided_on" DATE,
    "note" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "taken_by" TEXT NOT NULL,

    CONSTRAINT "point_table_steps_pkey" PRIMARY KEY ("cluster_code","year","number")
);

-- CreateTable
CREATE TABLE "score_sheets" (
    "unit_code" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "stage" "score_sheet_stage" NOT NULL,
    "assessor" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "cluster_code" TEXT NOT NULL,
    "table_version" INTEGER NOT NULL,
    "scored_on" DATE NOT NULL,
    "signed_by" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "lines" JSONB NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL,

    CONSTRAINT "score_sheets_pkey" PRIMARY KEY ("unit_code","year","stage","assessor","revision")
);

-- AddForeignKey
ALTER TABLE "point_table_versions" ADD CONSTRAINT "point_table_versions_cluster_code_fkey" FOREIGN KEY ("cluster_code") REFERENCES "clusters"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "point_table_steps" ADD CONSTRAINT "point_table_steps_cluster_code_year_version_fkey" FOREIGN KEY ("cluster_code", "year", "version") REFERENCES "point_table_versions"("cluster_code", "year", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_sheets" ADD CONSTRAINT "score_sheets_unit_code_fkey" FOREIGN KEY ("unit_code") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The trail; and what only grows.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['point_table_versions', 'point_table_steps', 'score_sheets'] LOOP
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert()', t);
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_update()', t);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete()', t);
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;
