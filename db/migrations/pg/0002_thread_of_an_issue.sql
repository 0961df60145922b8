ALTER TABLE "issues" ADD COLUMN "closed_by" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "ref_id" text;--> statement-breakpoint
CREATE INDEX "messages_by_ref" ON "messages" USING btree ("org","ref_id");