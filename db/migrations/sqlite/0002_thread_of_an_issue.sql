ALTER TABLE `issues` ADD `closed_by` text;--> statement-breakpoint
ALTER TABLE `messages` ADD `ref_id` text;--> statement-breakpoint
CREATE INDEX `messages_by_ref` ON `messages` (`org`,`ref_id`);