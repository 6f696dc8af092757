-- AlterTable
ALTER TABLE "audit_batches" DROP COLUMN "hash",
DROP COLUMN "previous_hash";

-- CreateTable
CREATE TABLE "audit_links" (
    "number" BIGINT NOT NULL,
    "batch_id" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_links_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "number" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "size" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("number")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_links_batch_id_key" ON "audit_links"("batch_id");

-- AddForeignKey
ALTER TABLE "audit_links" ADD CONSTRAINT "audit_links_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "audit_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- The trail is written without a lock: a batch gets its number and its place in the chain when it is sealed
-- (trail/sealer.ts). The search path is fixed so that no temporary table of the writer's takes the trail's place, and the
-- time zone so that a row reads the same whoever wrote it.
CREATE OR REPLACE FUNCTION "audit_write"("p_action" text, "p_table" text, "p_entries" jsonb[]) RETURNS void LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
DECLARE
  v_id bigint;
BEGIN
  -- Before the number is drawn: a transaction that has no id yet could not be seen to be under way.
  PERFORM pg_current_xact_id();
  INSERT INTO "audit_batches" ("at", "subject", "role", "origin", "reason", "action", "table_name", "row_count")
  VALUES (clock_timestamp(),
    coalesce(nullif(current_setting('dienbien.subject', true), ''), 'database'),
    coalesce(current_setting('dienbien.role', true), ''),
    coalesce(current_setting('dienbien.origin', true), ''),
    coalesce(current_setting('dienbien.reason', true), ''),
    p_action, p_table, coalesce(array_length(p_entries, 1), 0))
  RETURNING "id" INTO v_id;
  INSERT INTO "audit_entries" ("batch_id", "number", "before", "after")
  SELECT v_id, e.n, nullif(e.entry -> 'before', 'null'), nullif(e.entry -> 'after', 'null')
  FROM unnest(p_entries) WITH ORDINALITY AS e(entry, n);
END $$;

DROP FUNCTION "audit_hash";

ALTER FUNCTION "audit_insert"() SET search_path = public, pg_temp;
ALTER FUNCTION "audit_insert"() SET timezone = 'UTC';
ALTER FUNCTION "audit_update"() SET search_path = public, pg_temp;
ALTER FUNCTION "audit_update"() SET timezone = 'UTC';
ALTER FUNCTION "audit_delete"() SET search_path = public, pg_temp;
ALTER FUNCTION "audit_delete"() SET timezone = 'UTC';

-- Refused attempts, each with who tried, and how many like it each stands for.
CREATE FUNCTION "audit_refusals"("p_refusals" jsonb) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM pg_current_xact_id();
  WITH "refusals" AS (
    SELECT r.*, nextval(pg_get_serial_sequence('audit_batches', 'id')) AS "id"
    FROM jsonb_to_recordset(p_refusals) AS r("at" timestamptz, "subject" text, "role" text, "origin" text, "reason" text, "times" int, "details" jsonb)
  ), "batches" AS (
    INSERT INTO "audit_batches" ("id", "at", "subject", "role", "origin", "reason", "action", "table_name", "row_count")
    SELECT "id", "at", "subject", "role", "origin", "reason", 'REFUSED', 'access', "times" FROM "refusals"
  )
  INSERT INTO "audit_entries" ("batch_id", "number", "before", "after") SELECT "id", 1, NULL, "details" FROM "refusals";
END $$;

-- Figures of several submissions in one statement, each under its own author: { subject, role, origin, reason, rows }.
CREATE FUNCTION "insert_measurements_as"("p_submissions" jsonb) RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_one jsonb;
BEGIN
  FOR v_one IN SELECT jsonb_array_elements(p_submissions) LOOP
    PERFORM set_config('dienbien.subject', v_one ->> 'subject', true), set_config('dienbien.role', v_one ->> 'role', true),
      set_config('dienbien.origin', v_one ->> 'origin', true), set_config('dienbien.reason', v_one ->> 'reason', true);
    INSERT INTO "measurements" ("unit_code", "year", "indicator_id", "as_of", "status", "revision", "value", "withdrawn", "reason", "source", "note", "synthetic", "recorded_at", "recorded_by")
    SELECT "unit_code", "year", "indicator_id", "as_of", "status", "revision", "value", "withdrawn", "reason", "source", "note", "synthetic", "recorded_at", "recorded_by"
    FROM jsonb_populate_recordset(NULL::"measurements", v_one -> 'rows');
  END LOOP;
END $$;

DO $$
DECLARE
  t text;
  v_key text;
BEGIN
  -- TRUNCATE would go past triggers for rows.
  FOREACH t IN ARRAY ARRAY['units', 'unit_targets', 'clusters', 'memberships', 'cluster_heads', 'deadlines', 'saved_queries'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['audit_links', 'audit_heads'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
  -- What was written before there was a trail is taken into it as it stands.
  FOR t, v_key IN
    SELECT c.relname, 'jsonb_build_array(' || string_agg(format('%%1$s -> %L', a.attname), ', ' ORDER BY a.attnum) || ')'
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
    WHERE g.tgname = 'audit_insert' GROUP BY c.relname ORDER BY c.relname
  LOOP
    EXECUTE format('SELECT audit_write(''BASELINE'', %1$L, array_agg(jsonb_build_object(''before'', NULL, ''after'', to_jsonb(r)))) FROM %1$I r '
      'WHERE %2$s NOT IN (SELECT %3$s FROM audit_entries e JOIN audit_batches b ON b.id = e.batch_id '
      'WHERE b.table_name = %1$L AND b.action <> ''DELETE'' AND e.after IS NOT NULL) HAVING count(*) > 0',
      t, format(v_key, 'to_jsonb(r)'), format(v_key, 'e.after'));
  END LOOP;
END $$;
