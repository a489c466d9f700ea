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
ALTER TABLE mentor_offers ADD CONSTRAINT mentor_offers_capacity CHECK (load >= 0 AND capacity BETWEEN 0 AND 5);
--> statement-breakpoint
-- A mentor may lower her capacity below the women who are with her; nobody may be added above it.
CREATE FUNCTION mentor_has_a_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.load > NEW.capacity AND (TG_OP = 'INSERT' OR NEW.load > OLD.load) THEN
		RAISE EXCEPTION 'no free place' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER mentor_has_a_place BEFORE INSERT OR UPDATE OF load ON mentor_offers
	FOR EACH ROW EXECUTE FUNCTION mentor_has_a_place();
--> statement-breakpoint
-- A match that goes with a woman's account gives its place back.
CREATE FUNCTION mentor_gets_place_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE mentor_offers SET load = load - 1 WHERE member_id = OLD.mentor_id AND load > 0;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER mentor_gets_place_back AFTER DELETE ON matches
	FOR EACH ROW WHEN (OLD.status = 'accepted') EXECUTE FUNCTION mentor_gets_place_back();
--> statement-breakpoint
ALTER TABLE matches ADD CONSTRAINT matches_two_women CHECK (mentee_id <> mentor_id);
--> statement-breakpoint
CREATE INDEX mentor_offers_languages ON mentor_offers USING gin (language_tags) WHERE status = 'vetted';
--> statement-breakpoint
-- Counters of limits are worth nothing after a crash and are written often.
ALTER TABLE limit_counters SET UNLOGGED;
--> statement-breakpoint
-- The moderators' record of decisions, newest first, out of everything else that is on record.
CREATE INDEX audit_log_cases ON audit_log (at DESC, subject_id DESC) WHERE subject_kind = 'case';
