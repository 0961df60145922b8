ALTER TABLE "alerts" ALTER COLUMN "issue" DROP NOT NULL;--> statement-breakpoint
CREATE INDEX "tokens_by_id" ON "tokens" USING btree ("id");