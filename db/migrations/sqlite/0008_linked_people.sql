ALTER TABLE `identities` ADD `gone` text;--> statement-breakpoint
ALTER TABLE `identities` ADD `checked_at` integer;--> statement-breakpoint
ALTER TABLE `installations` ADD `joined_at` integer;--> statement-breakpoint
ALTER TABLE `messages` ADD `platform` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `tenant` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `join_code` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `join_code_until` integer;--> statement-breakpoint
ALTER TABLE `orgs` ADD `join_code_by` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `joined_into` text;--> statement-breakpoint
ALTER TABLE `people` ADD `away_since` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `people` ADD `alone_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `alone_by` text;--> statement-breakpoint
ALTER TABLE `people` ADD `link_code` text;--> statement-breakpoint
ALTER TABLE `people` ADD `link_code_until` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `wrong_codes` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `wrong_codes_from` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `kept` text;--> statement-breakpoint
CREATE INDEX `people_by_link_code` ON `people` (`org`,`link_code`);