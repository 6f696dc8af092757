-- CreateTable
CREATE TABLE "directive_versions" (
    "id" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "cluster_code" TEXT NOT NULL DEFAULT '',
    "unit_code" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL,
    "published" BOOLEAN NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" TEXT NOT NULL DEFAULT 'seed',

    CONSTRAINT "directive_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "directive_versions_year_cluster_code_unit_code_version_key" ON "directive_versions"("year", "cluster_code", "unit_code", "version");

-- Each version leaves its trail, stays as it is, and may change what everything is judged by.
CREATE TRIGGER audit_insert AFTER INSERT ON "directive_versions" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert();
CREATE TRIGGER audit_update AFTER UPDATE ON "directive_versions" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_update();
CREATE TRIGGER audit_delete AFTER DELETE ON "directive_versions" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete();
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "directive_versions" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announce_everything AFTER INSERT OR UPDATE OR DELETE ON "directive_versions" FOR EACH STATEMENT EXECUTE FUNCTION announce_everything();
