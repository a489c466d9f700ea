ALTER TABLE "matches" DROP CONSTRAINT "matches_mentor_id_members_id_fk";
--> statement-breakpoint
ALTER TABLE "mentoring_notes" DROP CONSTRAINT "mentoring_notes_author_id_members_id_fk";
--> statement-breakpoint
ALTER TABLE "mentoring_round_pairs" DROP CONSTRAINT "mentoring_round_pairs_mentor_id_members_id_fk";
--> statement-breakpoint
ALTER TABLE "matches" ALTER COLUMN "mentor_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mentoring_notes" ALTER COLUMN "author_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_mentor_id_members_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_notes" ADD CONSTRAINT "mentoring_notes_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mentoring_round_pairs" ADD CONSTRAINT "mentoring_round_pairs_mentor_id_members_id_fk" FOREIGN KEY ("mentor_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "matches" ADD CONSTRAINT "matches_former_mentor" CHECK (mentor_id is not null or status in ('declined', 'lapsed', 'withdrawn', 'ended'));--> statement-breakpoint
ALTER TABLE "mentoring_notes" ADD CONSTRAINT "mentoring_notes_own" CHECK (author_id is not null or shared);