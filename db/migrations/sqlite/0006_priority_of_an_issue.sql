ALTER TABLE `issues` ADD `priority` text;--> statement-breakpoint
CREATE INDEX `issues_by_priority` ON `issues` (`org`,`priority`);