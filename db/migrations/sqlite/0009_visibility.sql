ALTER TABLE `channels` ADD `visibility` text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE `orgs` ADD `restricted` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `seats` ADD `added_by` text;--> statement-breakpoint
ALTER TABLE `seats` ADD `visibility` text DEFAULT 'everyone' NOT NULL;