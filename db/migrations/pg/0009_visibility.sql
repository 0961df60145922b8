ALTER TABLE "channels" ADD COLUMN "visibility" text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "restricted" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "added_by" text;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "visibility" text DEFAULT 'everyone' NOT NULL;