CREATE TABLE "recoveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"organisation_id" uuid NOT NULL,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_by" uuid,
	"confirmed_at" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"handed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentor_lessons" (
	"member_id" uuid NOT NULL,
	"lesson" text NOT NULL,
	"version" text NOT NULL,
	"passed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mentor_lessons_member_id_lesson_pk" PRIMARY KEY("member_id","lesson")
);
--> statement-breakpoint
CREATE TABLE "mentoring_feedback" (
	"match_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"mood" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "mentoring_feedback_match_id_member_id_pk" PRIMARY KEY("match_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "mentoring_goals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"match_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"goal_id" uuid,
	"author_id" uuid,
	"body" text NOT NULL,
	"lang" text NOT NULL,
	"dir" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentoring_interpreters" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"match_id" uuid NOT NULL,
	"interpreter_id" uuid NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"mentee_yes_at" timestamp with time zone,
	"mentor_yes_at" timestamp with time zone,
	"interpreter_yes_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentoring_meetings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"match_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"proposed_by" uuid,
	"starts_at" timestamp with time zone NOT NULL,
	"minutes" integer NOT NULL,
	"how" text NOT NULL,
	"zone" text NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"changes" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"answered_at" timestamp with time zone,
	"reminded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentoring_no_match" (
	"member_id" uuid NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "mentoring_no_match_member_id_hash_pk" PRIMARY KEY("member_id","hash")
);
--> statement-breakpoint
CREATE TABLE "mentoring_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"match_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"shared" boolean NOT NULL,
	"body" text NOT NULL,
	"lang" text NOT NULL,
	"dir" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"edited_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentoring_round_pairs" (
	"round_id" uuid NOT NULL,
	"woman_id" uuid NOT NULL,
	"mentor_id" uuid,
	"place" integer NOT NULL,
	"score" integer,
	"reasons" jsonb NOT NULL,
	"why" jsonb,
	"by_hand" boolean DEFAULT false NOT NULL,
	"rule" text,
	"match_id" uuid,
	"left_out" text,
	CONSTRAINT "mentoring_round_pairs_round_id_woman_id_pk" PRIMARY KEY("round_id","woman_id")
);
--> statement-breakpoint
CREATE TABLE "mentoring_rounds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organisation_id" uuid,
	"seed" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"input_hash" text NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"created_by" uuid,
	"published_by" uuid,
	"published_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "mentoring_wishes" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"languages" text[] DEFAULT '{}' NOT NULL,
	"level" text DEFAULT 'understand' NOT NULL,
	"needs" text[] DEFAULT '{}' NOT NULL,
	"how" text[] DEFAULT '{}' NOT NULL,
	"hours" integer[] DEFAULT '{}' NOT NULL,
	"zone" text,
	"town_hash" text,
	"community_hash" text,
	"organisations" uuid[],
	"words" text DEFAULT '' NOT NULL,
	"words_lang" text NOT NULL,
	"words_dir" text NOT NULL,
	"in_rounds" boolean DEFAULT false NOT NULL,
	"waiting_since" timestamp with time zone,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "matches_open_pair";--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "place" integer;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "round_id" uuid;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "ended_quietly" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "mentee_yes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "mentor_yes_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "settled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "matches" ADD COLUMN "paused_by" uuid;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "helped" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "how" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "hours" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "town_hash" text;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "community_hash" text;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "code_version" text;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "trained_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "reference" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "valid_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "reminded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "lapses" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "mentor_offers" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "not_organisations" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_started_by_members_id_fk" FOREIGN KEY ("started_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recoveries" ADD CONSTRAINT "recoveries_confirmed_by_members_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentor_lessons" ADD CONSTRAINT "mentor_lessons_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_feedback" ADD CONSTRAINT "mentoring_feedback_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."matches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_feedback" ADD CONSTRAINT "mentoring_feedback_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_goals" ADD CONSTRAINT "mentoring_goals_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."matches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_goals" ADD CONSTRAINT "mentoring_goals_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_interpreters" ADD CONSTRAINT "mentoring_interpreters_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."matches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_interpreters" ADD CONSTRAINT "mentoring_interpreters_interpreter_id_members_id_fk" FOREIGN KEY ("interpreter_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_interpreters" ADD CONSTRAINT "mentoring_interpreters_proposed_by_members_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_meetings" ADD CONSTRAINT "mentoring_meetings_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."matches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_meetings" ADD CONSTRAINT "mentoring_meetings_proposed_by_members_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_no_match" ADD CONSTRAINT "mentoring_no_match_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_notes" ADD CONSTRAINT "mentoring_notes_match_id_matches_id_fk" FOREIGN KEY ("match_id") REFERENCES "public"."matches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_notes" ADD CONSTRAINT "mentoring_notes_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_round_pairs" ADD CONSTRAINT "mentoring_round_pairs_round_id_mentoring_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."mentoring_rounds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_round_pairs" ADD CONSTRAINT "mentoring_round_pairs_woman_id_members_id_fk" FOREIGN KEY ("woman_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_round_pairs" ADD CONSTRAINT "mentoring_round_pairs_mentor_id_members_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_rounds" ADD CONSTRAINT "mentoring_rounds_organisation_id_organisations_id_fk" FOREIGN KEY ("organisation_id") REFERENCES "public"."organisations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_rounds" ADD CONSTRAINT "mentoring_rounds_created_by_members_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_rounds" ADD CONSTRAINT "mentoring_rounds_published_by_members_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_wishes" ADD CONSTRAINT "mentoring_wishes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- What mentors help with was eight areas and is now forty needs: an area meant all of its needs.
CREATE TEMPORARY TABLE "needs_of_area" ("area" text, "needs" text[]) ON COMMIT DROP;--> statement-breakpoint
INSERT INTO "needs_of_area" VALUES
	('language', array['languageCourse', 'languagePractice', 'officialLetters', 'languageExam', 'interpreting']),
	('work', array['jobSearch', 'cv', 'interview', 'workContract', 'ownBusiness', 'skills']),
	('training', array['vocationalCourse', 'diploma', 'computer', 'drivingLicence', 'study']),
	('papers', array['residencePermit', 'asylum', 'citizenship', 'familyReunion', 'rightsAtWork', 'legalHelp']),
	('children', array['schoolEnrolment', 'nursery', 'schoolTalks', 'homework', 'childBenefits']),
	('health', array['healthCard', 'doctor', 'pregnancy', 'feelingLow', 'disability']),
	('housing', array['findHome', 'rentContract', 'bills', 'safeHome']),
	('daily', array['bank', 'transport', 'money', 'meetPeople']);--> statement-breakpoint
UPDATE "mentor_offers" o SET "needs" = (SELECT coalesce(array_agg(n), '{}') FROM "needs_of_area" a, unnest(a.needs) n WHERE a.area = ANY (o.needs));--> statement-breakpoint
UPDATE "matches" m SET "needs" = (SELECT coalesce(array_agg(n), '{}') FROM "needs_of_area" a, unnest(a.needs) n WHERE a.area = ANY (m.needs));--> statement-breakpoint
-- Whoever was vetted before there was a training keeps her place, for as long as a vetting holds.
UPDATE "mentor_offers" SET "trained_at" = "vetted_at", "valid_until" = greatest("vetted_at" + interval '12 months', now() + interval '2 months') WHERE "vetted_at" IS NOT NULL;--> statement-breakpoint
UPDATE "mentor_offers" SET "paused_by" = 'coordinator' WHERE "status" = 'paused';--> statement-breakpoint
UPDATE "matches" SET "settled_at" = "answered_at" WHERE "status" IN ('accepted', 'ended');--> statement-breakpoint
-- A woman asks one mentor at a time: the first of those she had asked; the others stand in line.
UPDATE "matches" m SET "status" = 'chosen', "place" = line.place FROM (
	SELECT "id", row_number() OVER (PARTITION BY "mentee_id" ORDER BY "asked_at", "id") AS place FROM "matches" WHERE "status" = 'asked'
) line WHERE line.id = m.id AND line.place > 1;--> statement-breakpoint
-- Nobody is told that her time is up who did not know there was one.
UPDATE "matches" SET "asked_at" = now() WHERE "status" = 'asked';--> statement-breakpoint
CREATE UNIQUE INDEX "recoveries_open" ON "recoveries" USING btree ("member_id") WHERE stopped_at is null and handed_at is null;--> statement-breakpoint
CREATE INDEX "recoveries_organisation" ON "recoveries" USING btree ("organisation_id","started_at");--> statement-breakpoint
CREATE INDEX "recoveries_member" ON "recoveries" USING btree ("member_id") WHERE stopped_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "mentoring_goals_key" ON "mentoring_goals" USING btree ("match_id","key");--> statement-breakpoint
CREATE INDEX "mentoring_goals_match" ON "mentoring_goals" USING btree ("match_id","created_at");--> statement-breakpoint
CREATE INDEX "mentoring_goals_steps" ON "mentoring_goals" USING btree ("goal_id");--> statement-breakpoint
CREATE UNIQUE INDEX "mentoring_interpreters_seat" ON "mentoring_interpreters" USING btree ("match_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "mentoring_interpreters_member" ON "mentoring_interpreters" USING btree ("interpreter_id") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "mentoring_meetings_key" ON "mentoring_meetings" USING btree ("match_id","key");--> statement-breakpoint
CREATE INDEX "mentoring_meetings_match" ON "mentoring_meetings" USING btree ("match_id","starts_at");--> statement-breakpoint
CREATE INDEX "mentoring_meetings_due" ON "mentoring_meetings" USING btree ("starts_at") WHERE status = 'agreed' and reminded_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "mentoring_notes_key" ON "mentoring_notes" USING btree ("match_id","key");--> statement-breakpoint
CREATE INDEX "mentoring_notes_match" ON "mentoring_notes" USING btree ("match_id","created_at");--> statement-breakpoint
CREATE INDEX "mentoring_round_pairs_mentor" ON "mentoring_round_pairs" USING btree ("round_id","mentor_id");--> statement-breakpoint
CREATE INDEX "mentoring_rounds_drawn" ON "mentoring_rounds" USING btree ("drawn_at","id");--> statement-breakpoint
CREATE INDEX "mentoring_wishes_waiting" ON "mentoring_wishes" USING btree ("waiting_since","member_id") WHERE waiting_since is not null;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_round_id_mentoring_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."mentoring_rounds"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_paused_by_members_id_fk" FOREIGN KEY ("paused_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "matches_asked_once" ON "matches" USING btree ("mentee_id") WHERE status = 'asked';--> statement-breakpoint
CREATE INDEX "matches_due" ON "matches" USING btree ("asked_at") WHERE status in ('asked', 'proposed');--> statement-breakpoint
CREATE INDEX "matches_running" ON "matches" USING btree ("answered_at","id") WHERE status = 'accepted';--> statement-breakpoint
CREATE INDEX "mentor_offers_needs" ON "mentor_offers" USING gin ("needs") WHERE status = 'vetted';--> statement-breakpoint
CREATE INDEX "mentor_offers_valid" ON "mentor_offers" USING btree ("valid_until") WHERE status = 'vetted';--> statement-breakpoint
CREATE UNIQUE INDEX "matches_open_pair" ON "matches" USING btree ("mentee_id","mentor_id") WHERE status in ('chosen', 'proposed', 'asked', 'accepted');