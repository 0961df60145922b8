ALTER TABLE "identities" ADD COLUMN "gone" text;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "checked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "joined_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "platform" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "tenant" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "join_code" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "join_code_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "join_code_by" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "joined_into" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "away_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "alone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "alone_by" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "link_code" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "link_code_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "wrong_codes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "wrong_codes_from" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "kept" jsonb;--> statement-breakpoint
CREATE INDEX "people_by_link_code" ON "people" USING btree ("org","link_code");