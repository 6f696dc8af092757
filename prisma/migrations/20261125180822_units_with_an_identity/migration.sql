-- A unit is not its code: it has an identity, by which every table names it. Of the units that are here it is their code.
-- Foreign keys follow the renamed column.
ALTER TABLE "units" RENAME COLUMN "code" TO "id";
ALTER TABLE "units" ADD COLUMN "code" TEXT;
-- The trail keeps what people change, and nobody changed anything here: its rows are read with the code as the identity.
ALTER TABLE "units" DISABLE TRIGGER USER;
UPDATE "units" SET "code" = "id";
ALTER TABLE "units" ENABLE TRIGGER USER;
ALTER TABLE "units" ALTER COLUMN "code" SET NOT NULL;

DROP INDEX "units_level_code_idx";
CREATE INDEX "units_level_code_idx" ON "units"("level", "code");

-- CreateEnum
CREATE TYPE "succession_kind" AS ENUM ('merged', 'split', 'moved', 'renamed');

-- CreateTable
CREATE TABLE "unit_states" (
    "unit_id" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "parent_id" TEXT,
    "search_key" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "unit_states_pkey" PRIMARY KEY ("unit_id","valid_from")
);

-- CreateTable
CREATE TABLE "unit_aliases" (
    "unit_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "search_key" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "unit_aliases_pkey" PRIMARY KEY ("unit_id","name")
);

-- CreateTable
CREATE TABLE "unit_successions" (
    "predecessor_id" TEXT NOT NULL,
    "successor_id" TEXT NOT NULL,
    "on_date" DATE NOT NULL,
    "kind" "succession_kind" NOT NULL,
    "decision" TEXT NOT NULL,

    CONSTRAINT "unit_successions_pkey" PRIMARY KEY ("predecessor_id","successor_id","on_date")
);

-- CreateIndex
CREATE INDEX "unit_successions_successor_id_idx" ON "unit_successions"("successor_id");

-- AddForeignKey
ALTER TABLE "unit_states" ADD CONSTRAINT "unit_states_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_states" ADD CONSTRAINT "unit_states_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_aliases" ADD CONSTRAINT "unit_aliases_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_successions" ADD CONSTRAINT "unit_successions_predecessor_id_fkey" FOREIGN KEY ("predecessor_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "unit_successions" ADD CONSTRAINT "unit_successions_successor_id_fkey" FOREIGN KEY ("successor_id") REFERENCES "units"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['unit_states', 'unit_aliases', 'unit_successions'] LOOP
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert()', t);
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_update()', t);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete()', t);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
    EXECUTE format('CREATE TRIGGER announce_everything AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION announce_everything()', t);
  END LOOP;
END $$;
