ALTER TABLE "metrics" ADD COLUMN "paused_by" text;--> statement-breakpoint
ALTER TABLE "rules" ADD COLUMN "ended_by" text;