ALTER TABLE "issues" ADD COLUMN "priority" text;--> statement-breakpoint
CREATE INDEX "issues_by_priority" ON "issues" USING btree ("org","priority");