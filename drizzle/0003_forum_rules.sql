-- Words of every script: trigrams for titles and "did you mean", accents of Latin and Greek, and one index over a
-- number and words together. All three are trusted extensions: the database's owner may create them.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
UPDATE topics SET langs = ARRAY[lang] WHERE langs = '{}';
--> statement-breakpoint
-- A space for one organisation names it, and no other does.
ALTER TABLE spaces ADD CONSTRAINT spaces_organisation CHECK ((access = 'organisation') = (organisation_id IS NOT NULL));
--> statement-breakpoint
ALTER TABLE blocks ADD CONSTRAINT blocks_two_women CHECK (blocker_id <> blocked_id);
--> statement-breakpoint
-- The lists of topics, each in the order it is paged in. What is hidden or was merged away is in none of them.
CREATE INDEX topics_listed_space_activity ON topics (space_id, last_post_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topics_listed_activity ON topics (last_post_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topics_listed_space_new ON topics (space_id, created_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topics_listed_new ON topics (created_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topics_listed_space_unanswered ON topics (space_id, created_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts <= 1;
--> statement-breakpoint
CREATE INDEX topics_listed_unanswered ON topics (created_at DESC, id DESC)
	WHERE hidden_at IS NULL AND merged_into IS NULL AND visible_posts <= 1;
--> statement-breakpoint
CREATE INDEX topics_of_author ON topics (author_id, created_at DESC, id DESC);
--> statement-breakpoint
CREATE INDEX topics_pinned ON topics (space_id, pinned_at DESC)
	WHERE pinned_at IS NOT NULL AND hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topics_langs ON topics USING gin (langs) WHERE hidden_at IS NULL AND merged_into IS NULL;
--> statement-breakpoint
CREATE INDEX topic_readers_followed ON topic_readers (topic_id) WHERE follows;
--> statement-breakpoint
CREATE INDEX translations_shown ON translations (post_id, lang, thanks DESC, published_at) WHERE hidden_at IS NULL;
--> statement-breakpoint
-- Deleted posts whose words are still to be wiped.
CREATE INDEX posts_to_wipe ON posts (deleted_at) WHERE deleted_at IS NOT NULL AND body <> '';
