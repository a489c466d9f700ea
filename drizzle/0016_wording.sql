CREATE TABLE "better_sentences" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"form_key" uuid NOT NULL,
	"locale" text NOT NULL,
	"key" text NOT NULL,
	"before" text NOT NULL,
	"better" text NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"made_by" uuid,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	CONSTRAINT "better_sentences_form_key_unique" UNIQUE("form_key")
);
--> statement-breakpoint
CREATE TABLE "need_words" (
	"need" text PRIMARY KEY NOT NULL,
	"names" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"texts" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wording_states" (
	"kind" text NOT NULL,
	"item" text NOT NULL,
	"field" text NOT NULL,
	"locale" text NOT NULL,
	"state" text NOT NULL,
	"source_mark" text NOT NULL,
	"written_by" uuid,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "wording_states_kind_item_field_locale_pk" PRIMARY KEY("kind","item","field","locale")
);
--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "second_locale" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "calendar" text;--> statement-breakpoint
ALTER TABLE "members" ADD COLUMN "nastaliq" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "names" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "organisations" ADD COLUMN "abouts" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "better_sentences" ADD CONSTRAINT "better_sentences_made_by_members_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "better_sentences" ADD CONSTRAINT "better_sentences_decided_by_members_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "wording_states" ADD CONSTRAINT "wording_states_written_by_members_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."members"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "better_sentences_locale" ON "better_sentences" USING btree ("locale","made_at");--> statement-breakpoint
CREATE INDEX "better_sentences_made_by" ON "better_sentences" USING btree ("made_by");