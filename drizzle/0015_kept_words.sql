ALTER TABLE "restrictions" ADD COLUMN "parted_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "restrictions_to_part" ON "restrictions" USING btree ("since") WHERE kind = 'apart' and ended_at is null and parted_at is null;--> statement-breakpoint
CREATE INDEX "cases_subject" ON "cases" USING btree ("subject_kind","subject_id");--> statement-breakpoint
ALTER TABLE "case_notes" ADD CONSTRAINT "case_notes_words_fit" CHECK (octet_length(words) <= 8000);--> statement-breakpoint
ALTER TABLE "case_translations" ADD CONSTRAINT "case_translations_body_fits" CHECK (octet_length(body) <= 120000);--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_words_fit" CHECK (octet_length(offer_words) <= 8000 and octet_length(her_words) <= 8000);--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_fits" CHECK (octet_length(body) <= 200000 and octet_length(around::text) <= 2000000);--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_words_fit" CHECK (octet_length(words) <= 8000);--> statement-breakpoint
ALTER TABLE "statements" ADD CONSTRAINT "statements_words_fit" CHECK (octet_length(words) <= 8000 and octet_length(appeal_words) <= 8000 and octet_length(review_words) <= 8000);