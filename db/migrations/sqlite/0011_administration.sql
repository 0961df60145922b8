CREATE TABLE `audit_exports` (
	`org` text NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL,
	`key_id` text NOT NULL,
	`signature` text NOT NULL,
	`filed_at` integer,
	PRIMARY KEY(`org`, `seq`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `audit_exports_filed` ON `audit_exports` (`filed_at`);--> statement-breakpoint
ALTER TABLE `orgs` ADD `digest_rule` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `heads_channel` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `retention` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `backed_up_at` integer;--> statement-breakpoint
ALTER TABLE `people` ADD `erased_at` integer;