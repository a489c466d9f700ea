CREATE TABLE "held_messages" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"room_id" uuid NOT NULL,
	"author_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"body" text NOT NULL,
	"lang" text,
	"dir" text NOT NULL,
	"reply_to" uuid,
	"translation_of" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_reactions" (
	"message_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	CONSTRAINT "message_reactions_message_id_member_id_kind_pk" PRIMARY KEY("message_id","member_id","kind")
);
--> statement-breakpoint
CREATE TABLE "message_wishes" (
	"message_id" uuid NOT NULL,
	"lang" text NOT NULL,
	"member_id" uuid NOT NULL,
	CONSTRAINT "message_wishes_message_id_lang_member_id_pk" PRIMARY KEY("message_id","lang","member_id")
);
--> statement-breakpoint
CREATE TABLE "room_marks" (
	"room_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	CONSTRAINT "room_marks_room_id_member_id_pk" PRIMARY KEY("room_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "room_doors" (
	"room_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"state" text NOT NULL,
	"by_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "room_doors_room_id_member_id_pk" PRIMARY KEY("room_id","member_id")
);
--> statement-breakpoint
CREATE TABLE "room_sessions" (
	"room_id" uuid PRIMARY KEY NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"minutes" integer NOT NULL,
	"size" integer NOT NULL,
	"rules" text DEFAULT '' NOT NULL,
	"lang" text NOT NULL,
	"dir" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"doors" text DEFAULT 'closed' NOT NULL,
	"paused_by" text,
	"one_at_a_time" boolean DEFAULT false NOT NULL,
	"speaker_id" uuid,
	"agenda" text[] DEFAULT '{}' NOT NULL,
	"step" integer,
	"host_seen_at" timestamp with time zone,
	"opened_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "moderator_duties" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "lang" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "translation_of" uuid;--> statement-breakpoint
ALTER TABLE "room_members" ADD COLUMN "muted_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "room_members" ADD COLUMN "hand_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "room_members" ADD COLUMN "said_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "room_members" ADD COLUMN "shows_reading" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "space_id" uuid;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "keep_days" integer;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "slow_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "holds" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "rooms" ADD COLUMN "pinned_id" uuid;--> statement-breakpoint
ALTER TABLE "held_messages" ADD CONSTRAINT "held_messages_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_messages" ADD CONSTRAINT "held_messages_author_id_members_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_reactions" ADD CONSTRAINT "message_reactions_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_wishes" ADD CONSTRAINT "message_wishes_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_wishes" ADD CONSTRAINT "message_wishes_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_marks" ADD CONSTRAINT "room_marks_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_marks" ADD CONSTRAINT "room_marks_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_doors" ADD CONSTRAINT "room_doors_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_doors" ADD CONSTRAINT "room_doors_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_doors" ADD CONSTRAINT "room_doors_by_id_members_id_fk" FOREIGN KEY ("by_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_sessions" ADD CONSTRAINT "room_sessions_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "room_sessions" ADD CONSTRAINT "room_sessions_speaker_id_members_id_fk" FOREIGN KEY ("speaker_id") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "moderator_duties" ADD CONSTRAINT "moderator_duties_member_id_members_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."members"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "held_messages_author_key" ON "held_messages" USING btree ("author_id","key");--> statement-breakpoint
CREATE INDEX "held_messages_room" ON "held_messages" USING btree ("room_id","created_at");--> statement-breakpoint
CREATE INDEX "message_reactions_member" ON "message_reactions" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "message_wishes_member" ON "message_wishes" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "room_marks_member" ON "room_marks" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "room_doors_member" ON "room_doors" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "room_sessions_coming" ON "room_sessions" USING btree ("starts_at") WHERE state <> 'ended';--> statement-breakpoint
CREATE INDEX "room_sessions_led" ON "room_sessions" USING btree ("host_seen_at") WHERE state = 'open';--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_created" ON "messages" USING btree ("room_id","created_at");--> statement-breakpoint
CREATE INDEX "messages_translation" ON "messages" USING btree ("translation_of") WHERE translation_of is not null;--> statement-breakpoint
CREATE INDEX "messages_taken_back" ON "messages" USING btree ("removed_at") WHERE removed_at is not null and body <> '';--> statement-breakpoint
CREATE INDEX "rooms_space" ON "rooms" USING btree ("space_id") WHERE space_id is not null;--> statement-breakpoint
-- What is said in a match is kept until thirty days after its end; rooms opened from now on say so themselves.
UPDATE "rooms" SET "keep_days" = 30 WHERE "kind" = 'private';
