ALTER TABLE "spaces" ADD COLUMN "questions" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- The two lists that are opened most are walked in their index alone: what decides whether a topic belongs to them and
-- whether she can read it stands in it (docs/decisions/032).
DROP INDEX topics_listed_space_activity;--> statement-breakpoint
CREATE INDEX topics_listed_space_activity ON topics (space_id, last_post_at DESC, id DESC)
	INCLUDE (langs, pinned_at, author_id, alias)
	WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts > 0;--> statement-breakpoint
DROP INDEX topics_listed_activity;--> statement-breakpoint
CREATE INDEX topics_listed_activity ON topics (last_post_at DESC, id DESC)
	INCLUDE (space_id, langs, author_id, alias)
	WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts > 0;--> statement-breakpoint
-- What of hers waits for a moderator, without looking at all she ever wrote.
CREATE INDEX posts_held ON posts (author_id) WHERE held_at IS NOT NULL AND deleted_at IS NULL;--> statement-breakpoint
-- How many topics of each space are in its lists. Counted where they change: a list of spaces would count them all anew.
CREATE FUNCTION spaces_count_new_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE spaces SET questions = questions + made.count
	FROM (SELECT space_id, count(*)::int FROM changed
		WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts > 0 GROUP BY space_id) made
	WHERE spaces.id = made.space_id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER spaces_count_new_questions AFTER INSERT ON topics REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION spaces_count_new_questions();--> statement-breakpoint
CREATE FUNCTION spaces_count_gone_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE spaces SET questions = questions - gone.count
	FROM (SELECT space_id, count(*)::int FROM changed
		WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts > 0 GROUP BY space_id) gone
	WHERE spaces.id = gone.space_id;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER spaces_count_gone_questions AFTER DELETE ON topics REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION spaces_count_gone_questions();--> statement-breakpoint
-- A topic that comes, goes or moves; one more answer is none of them, and asks nothing.
CREATE FUNCTION spaces_count_moved_questions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE spaces SET questions = questions
		+ (CASE WHEN id = NEW.space_id AND NEW.hidden_at IS NULL AND NEW.merged_into IS NULL AND NEW.visible_posts > 0 THEN 1 ELSE 0 END)
		- (CASE WHEN id = OLD.space_id AND OLD.hidden_at IS NULL AND OLD.merged_into IS NULL AND OLD.visible_posts > 0 THEN 1 ELSE 0 END)
	WHERE id IN (OLD.space_id, NEW.space_id);
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER spaces_count_moved_questions AFTER UPDATE OF space_id, hidden_at, merged_into, visible_posts ON topics
	FOR EACH ROW WHEN (
		(OLD.hidden_at IS NULL AND OLD.merged_into IS NULL AND OLD.visible_posts > 0)
			<> (NEW.hidden_at IS NULL AND NEW.merged_into IS NULL AND NEW.visible_posts > 0)
		OR OLD.space_id <> NEW.space_id)
	EXECUTE FUNCTION spaces_count_moved_questions();--> statement-breakpoint
UPDATE spaces SET questions = (SELECT count(*) FROM topics
	WHERE topics.space_id = spaces.id AND hidden_at IS NULL AND merged_into IS NULL AND visible_posts > 0);
