-- What was there before the tables of 0009.

-- Four pictures instead of six reasons: what she wrote beside them stays.
UPDATE reports SET reason = CASE reason
	WHEN 'threat' THEN 'frightens' WHEN 'private-details' THEN 'frightens'
	WHEN 'money' THEN 'asks' WHEN 'insult' THEN 'rude' WHEN 'other' THEN 'rude' ELSE reason END;
--> statement-breakpoint
UPDATE cases SET due_at = opened_at + CASE
	WHEN danger THEN interval '15 minutes'
	WHEN EXISTS (SELECT 1 FROM reports r WHERE r.case_id = cases.id AND r.reason IN ('frightens', 'asks')) THEN interval '4 hours'
	ELSE interval '24 hours' END;
--> statement-breakpoint
-- Whoever is here by now has shown who she is.
UPDATE members SET vouched_at = now();
--> statement-breakpoint
-- The audit log as a chain: one link for each entry, in the order of their COMMITs. Each carries a mark, the SHA-256 of
-- the mark before it and of its entry, so that what is changed, removed, put between or reordered is found
-- (scripts/audit-chain.mjs reads it; docs/decisions/016-the-record.md says why it is like this).

-- One field as its length in bytes and its text, "-" where there is none: no two entries are written the same.
CREATE FUNCTION audit_field(field text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
	SELECT coalesce(octet_length(field) || ':' || field, '-')
$$;
--> statement-breakpoint
-- The mark of an entry that follows a mark ('' for the first of all). Times count in microseconds, in no zone.
CREATE FUNCTION audit_mark(before text, entry audit_log) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT encode(sha256(convert_to(before || '|' || concat_ws(',',
		audit_field(entry.seq::text),
		audit_field(((extract(epoch FROM entry.at) * 1000000)::bigint)::text),
		audit_field(entry.actor_id::text),
		audit_field(entry.action),
		audit_field(entry.subject_kind),
		audit_field(entry.subject_id),
		audit_field(entry.member_id::text)), 'UTF8')), 'hex')
$$;
--> statement-breakpoint
-- Writes the next link. With the rights of who owns the tables: the application's role may not write here by itself.
CREATE FUNCTION audit_chain_link() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
	last audit_chain;
BEGIN
	-- "audi" in its ASCII codes. Held until the COMMIT is seen by all: the next one reads this link.
	PERFORM pg_advisory_xact_lock(1635083369);
	SELECT * INTO last FROM audit_chain ORDER BY place DESC LIMIT 1;
	INSERT INTO audit_chain (place, seq, mark)
		VALUES (coalesce(last.place, 0) + 1, NEW.seq, audit_mark(coalesce(last.mark, ''), NEW));
	RETURN NULL;
END $$;
--> statement-breakpoint
-- A trigger of a table of her own would write links of entries that never were.
REVOKE EXECUTE ON FUNCTION audit_chain_link() FROM PUBLIC;
--> statement-breakpoint
-- At COMMIT, when a command holds every row it will ever hold: at the INSERT, one could hold the chain and wait for a
-- row of another that waits for the chain. From here on nobody writes to the log before this migration is done.
CREATE CONSTRAINT TRIGGER audit_chain_link AFTER INSERT ON audit_log
	DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_link();
--> statement-breakpoint
-- What is in the log already, in its order.
DO $$
DECLARE
	entry audit_log;
	before text := '';
	at_place bigint := 0;
BEGIN
	FOR entry IN SELECT * FROM audit_log ORDER BY seq LOOP
		at_place := at_place + 1;
		before := audit_mark(before, entry);
		INSERT INTO audit_chain (place, seq, mark) VALUES (at_place, entry.seq, before);
	END LOOP;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_chain_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
	FOR EACH STATEMENT EXECUTE FUNCTION audit_log_only_grows();
--> statement-breakpoint
-- Links come from entries and from nowhere else, also where one role does everything.
CREATE TRIGGER audit_chain_only_of_entries BEFORE INSERT ON audit_chain
	FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION audit_log_only_grows();
--> statement-breakpoint
-- Who looked into a case: shown to those who reported it.
CREATE INDEX audit_log_of_case ON audit_log (subject_id, seq) WHERE subject_kind = 'case';
