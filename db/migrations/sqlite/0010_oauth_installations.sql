CREATE TABLE `install_states` (
	`hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `installations` ADD `credentials` text;--> statement-breakpoint
ALTER TABLE `installations` ADD `details` text;--> statement-breakpoint
ALTER TABLE `installations` ADD `token_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `installations` ADD `token_expires_at` integer;--> statement-breakpoint
ALTER TABLE `installations` ADD `renewing_until` integer;--> statement-breakpoint
ALTER TABLE `installations` ADD `trouble` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `installed` integer DEFAULT false NOT NULL;