-- AlterTable
ALTER TABLE "clusters" ADD COLUMN     "closing_decision" TEXT,
ADD COLUMN     "first_year" INTEGER,
ADD COLUMN     "last_year" INTEGER;

-- AlterTable
ALTER TABLE "deadlines" DROP CONSTRAINT "deadlines_pkey",
ADD COLUMN     "cluster_code" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "deadlines_pkey" PRIMARY KEY ("year", "cluster_code", "kind");

-- CreateTable
CREATE TABLE "cluster_names" (
    "cluster_code" TEXT NOT NULL,
    "from_year" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "source" TEXT NOT NULL,

    CONSTRAINT "cluster_names_pkey" PRIMARY KEY ("cluster_code","from_year")
);

-- AddForeignKey
ALTER TABLE "cluster_names" ADD CONSTRAINT "cluster_names_cluster_code_fkey" FOREIGN KEY ("cluster_code") REFERENCES "clusters"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who is called what leaves its trail, is never emptied, and is in every server's memory.
CREATE TRIGGER audit_insert AFTER INSERT ON "cluster_names" REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert();
CREATE TRIGGER audit_update AFTER UPDATE ON "cluster_names" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_update();
CREATE TRIGGER audit_delete AFTER DELETE ON "cluster_names" REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON "cluster_names" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER announce_everything AFTER INSERT OR UPDATE OR DELETE ON "cluster_names" FOR EACH STATEMENT EXECUTE FUNCTION announce_everything();
