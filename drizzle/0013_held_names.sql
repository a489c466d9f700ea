CREATE TABLE "held_names" (
	"name_hash" text PRIMARY KEY NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "reports_once";--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "name_hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX "held_names_until" ON "held_names" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "reports_once" ON "reports" USING btree ("case_id","reporter_id","name_hash");