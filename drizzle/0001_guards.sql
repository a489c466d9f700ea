-- What Drizzle cannot say: rules that hold whatever the application does.

-- The audit log can only grow, whatever the role (SAFETY P10; a role without UPDATE/DELETE is set up by the operator).
CREATE FUNCTION audit_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'the audit log can only grow' USING ERRCODE = 'insufficient_privilege';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
	FOR EACH STATEMENT EXECUTE FUNCTION audit_log_only_grows();
--> statement-breakpoint
ALTER TABLE mentor_offers ADD CONSTRAINT mentor_offers_capacity CHECK (load >= 0 AND load <= capacity AND capacity BETWEEN 0 AND 5);
--> statement-breakpoint
ALTER TABLE matches ADD CONSTRAINT matches_two_women CHECK (mentee_id <> mentor_id);
--> statement-breakpoint
CREATE INDEX mentor_offers_languages ON mentor_offers USING gin (language_tags) WHERE status = 'vetted';
--> statement-breakpoint
-- Counters of limits are worth nothing after a crash and are written often.
ALTER TABLE limit_counters SET UNLOGGED;
