-- AlterTable
ALTER TABLE "cluster_names" DROP CONSTRAINT "cluster_names_pkey",
ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recorded_by" TEXT NOT NULL DEFAULT 'seed',
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1,
ADD CONSTRAINT "cluster_names_pkey" PRIMARY KEY ("cluster_code", "from_year", "revision");

-- Who gave the names that are here, and when, the trail tells; that is no change of theirs.
ALTER TABLE "cluster_names" DISABLE TRIGGER USER;
UPDATE "cluster_names" n SET "recorded_by" = t.subject, "recorded_at" = t.at FROM (
  SELECT DISTINCT ON (e.after -> 'cluster_code', e.after -> 'from_year')
    e.after ->> 'cluster_code' AS cluster_code, (e.after ->> 'from_year')::int AS from_year, b.subject, b.at
  FROM "audit_batches" b JOIN "audit_entries" e ON e.batch_id = b.id
  WHERE b.table_name = 'cluster_names' AND b.action <> 'REFUSED' AND e.after IS NOT NULL
  ORDER BY e.after -> 'cluster_code', e.after -> 'from_year', b.id DESC
) t WHERE t.cluster_code = n.cluster_code AND t.from_year = n.from_year;
ALTER TABLE "cluster_names" ENABLE TRIGGER USER;

-- What units and clusters were called, belonged to and followed only grows, whoever asks; and what targets units had.
DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['unit_states', 'unit_aliases', 'unit_successions', 'cluster_names', 'unit_targets'] LOOP
    EXECUTE format('DROP TRIGGER refuse_truncate ON %I', t);
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;
