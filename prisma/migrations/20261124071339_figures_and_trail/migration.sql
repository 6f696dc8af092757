-- AlterTable
ALTER TABLE "measurements" ADD COLUMN     "reason" TEXT,
ADD COLUMN     "withdrawn" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "unit_targets" ADD COLUMN     "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "recorded_by" TEXT NOT NULL DEFAULT 'seed';

-- CreateTable
CREATE TABLE "audit_batches" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "subject" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "origin" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "table_name" TEXT NOT NULL,
    "row_count" INTEGER NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_batches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "batch_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("batch_id","number")
);

-- CreateTable
CREATE TABLE "saved_queries" (
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "variables" TEXT NOT NULL DEFAULT '',
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "trusted" BOOLEAN NOT NULL DEFAULT false,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "saved_by" TEXT NOT NULL,

    CONSTRAINT "saved_queries_pkey" PRIMARY KEY ("slug","version")
);

-- CreateIndex
CREATE INDEX "audit_batches_table_name_id_idx" ON "audit_batches"("table_name", "id");

-- CreateIndex
CREATE INDEX "audit_batches_subject_id_idx" ON "audit_batches"("subject", "id");

-- AddForeignKey
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "audit_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Withdrawn figures are few: looked up by key for every figure that is read.
CREATE INDEX "measurements_withdrawn" ON "measurements" ("unit_code", "year", "indicator_id", "as_of", "status", "revision") WHERE "withdrawn";

-- A submission keeps its warnings beside its figures.
UPDATE "submissions" SET "stored" = jsonb_build_object('stored', "stored", 'warnings', '[]'::jsonb) WHERE jsonb_typeof("stored") = 'array';

-- The trail: one batch for each statement that changes something, with its rows before and after, in the transaction of
-- the change. Writers wait for each other here, so that each batch knows the hash of the one before it.
CREATE FUNCTION "audit_write"("p_action" text, "p_table" text, "p_entries" jsonb[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  v_id bigint;
  v_previous text;
  v_now timestamptz(3) := clock_timestamp();
  v_subject text := coalesce(nullif(current_setting('dienbien.subject', true), ''), 'database');
  v_role text := coalesce(current_setting('dienbien.role', true), '');
  v_origin text := coalesce(current_setting('dienbien.origin', true), '');
  v_reason text := coalesce(current_setting('dienbien.reason', true), '');
BEGIN
  PERFORM pg_advisory_xact_lock(2022003);
  SELECT "hash" INTO v_previous FROM "audit_batches" ORDER BY "id" DESC LIMIT 1;
  v_previous := coalesce(v_previous, '');
  v_id := nextval(pg_get_serial_sequence('audit_batches', 'id'));
  INSERT INTO "audit_batches" ("id", "at", "subject", "role", "origin", "reason", "action", "table_name", "row_count", "previous_hash", "hash")
  VALUES (v_id, v_now, v_subject, v_role, v_origin, v_reason, p_action, p_table, coalesce(array_length(p_entries, 1), 0), v_previous,
    "audit_hash"(v_now, v_subject, v_role, v_origin, v_reason, p_action, p_table, p_entries, v_previous));
  INSERT INTO "audit_entries" ("batch_id", "number", "before", "after")
  SELECT v_id, e.n, nullif(e.entry -> 'before', 'null'), nullif(e.entry -> 'after', 'null')
  FROM unnest(p_entries) WITH ORDINALITY AS e(entry, n);
END $$;

CREATE FUNCTION "audit_hash"("p_at" timestamptz, "p_subject" text, "p_role" text, "p_origin" text, "p_reason" text, "p_action" text, "p_table" text, "p_entries" jsonb[], "p_previous" text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(
    concat_ws(E'\x1f', p_previous, extract(epoch FROM p_at)::text, p_subject, p_role, p_origin, p_reason, p_action, p_table,
      array_to_string(p_entries, E'\x1e')), 'UTF8')), 'hex')
$$;

CREATE FUNCTION "audit_insert"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "audit_write"(TG_OP, TG_TABLE_NAME, array_agg(jsonb_build_object('before', NULL, 'after', to_jsonb(n)))) FROM new_rows n HAVING count(*) > 0;
  RETURN NULL;
END $$;

-- The rows of an update are paired in the order in which they were changed.
CREATE FUNCTION "audit_update"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "audit_write"(TG_OP, TG_TABLE_NAME, array_agg(jsonb_build_object('before', o.row, 'after', n.row)))
  FROM (SELECT to_jsonb(r) AS row, row_number() OVER () AS i FROM old_rows r) o
  JOIN (SELECT to_jsonb(r) AS row, row_number() OVER () AS i FROM new_rows r) n USING (i) HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION "audit_delete"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM "audit_write"(TG_OP, TG_TABLE_NAME, array_agg(jsonb_build_object('before', to_jsonb(o), 'after', NULL))) FROM old_rows o HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: its rows are never changed or removed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['units', 'measurements', 'unit_targets', 'clusters', 'memberships', 'eligibility_facts', 'cluster_heads', 'filings', 'deadlines', 'frozen_rankings', 'commendation_steps', 'saved_queries'] LOOP
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_insert()', t);
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_update()', t);
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_delete()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['measurements', 'eligibility_facts', 'filings', 'frozen_rankings', 'commendation_steps', 'audit_batches', 'audit_entries'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', t);
  END LOOP;
END $$;

-- Whatever a ranking rests on is announced when it changes: the units, or null where they are many.
CREATE FUNCTION "announce_change"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_units jsonb;
BEGIN
  SELECT CASE WHEN count(*) <= 200 THEN jsonb_agg(unit_code) END INTO v_units FROM (SELECT DISTINCT unit_code FROM new_rows) u;
  IF v_units IS DISTINCT FROM '[]'::jsonb THEN
    PERFORM pg_notify('dienbien_changes', coalesce(v_units::text, 'null'));
  END IF;
  RETURN NULL;
END $$;

-- After a change of who there is, anything may have changed.
CREATE FUNCTION "announce_everything"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('dienbien_changes', 'null');
  RETURN NULL;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['measurements', 'unit_targets', 'eligibility_facts', 'filings'] LOOP
    EXECUTE format('CREATE TRIGGER announce_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change()', t);
    EXECUTE format('CREATE TRIGGER announce_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION announce_change()', t);
  END LOOP;
  FOREACH t IN ARRAY ARRAY['units', 'clusters', 'memberships', 'deadlines'] LOOP
    EXECUTE format('CREATE TRIGGER announce_everything AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION announce_everything()', t);
  END LOOP;
END $$;
