CREATE TABLE "install_states" (
	"hash" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "credentials" text;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "token_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "token_expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "renewing_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "installations" ADD COLUMN "trouble" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "installed" boolean DEFAULT false NOT NULL;