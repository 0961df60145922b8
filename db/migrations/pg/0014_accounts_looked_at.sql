ALTER TABLE "identities" ADD COLUMN "missing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "check_at" timestamp (3) with time zone;