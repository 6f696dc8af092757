-- Answers kept for idempotency keys only grow, whoever asks: the rights of the application's role said so alone.
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON "idempotency_keys" FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
