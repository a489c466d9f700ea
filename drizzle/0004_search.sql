CREATE TABLE "search_documents" (
	"number" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "search_documents_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"bucket" integer GENERATED ALWAYS AS ((number / 10000)::int) STORED,
	"topic_id" uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"translation_id" uuid,
	"space_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"lang" text NOT NULL,
	"author_id" uuid,
	"people" uuid[] NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"title" text,
	"tokens" "tsvector" NOT NULL,
	CONSTRAINT "search_documents_one_each" UNIQUE NULLS NOT DISTINCT("post_id","translation_id")
);
--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_post_id_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "search_documents" ADD CONSTRAINT "search_documents_translation_id_translations_id_fk" FOREIGN KEY ("translation_id") REFERENCES "public"."translations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_documents_topic" ON "search_documents" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "search_documents_translation" ON "search_documents" USING btree ("translation_id") WHERE translation_id is not null;