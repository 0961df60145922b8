ALTER TABLE `identities` ADD `missing_since` integer;--> statement-breakpoint
ALTER TABLE `installations` ADD `check_at` integer;