CREATE TABLE `drafts` (
	`org` text NOT NULL,
	`person` text NOT NULL,
	`about` text NOT NULL,
	`version` text NOT NULL,
	`values` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`org`, `person`, `about`),
	FOREIGN KEY (`org`,`person`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rubric_approvals` (
	`org` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`as` text NOT NULL,
	`person` text NOT NULL,
	`at` integer NOT NULL,
	`comment` text,
	PRIMARY KEY(`org`, `key`, `version`, `as`),
	FOREIGN KEY (`org`,`key`,`version`) REFERENCES `rubrics`(`org`,`key`,`version`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`person`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rubric_approvals_person` ON `rubric_approvals` (`org`,`key`,`version`,`person`);--> statement-breakpoint
CREATE TABLE `rubrics` (
	`org` text NOT NULL,
	`key` text NOT NULL,
	`version` integer NOT NULL,
	`rubric` text NOT NULL,
	`state` text NOT NULL,
	`proposed_at` integer NOT NULL,
	`proposed_by` text,
	`reason` text,
	`decided_at` integer,
	`present` text,
	PRIMARY KEY(`org`, `key`, `version`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rubrics_present` ON `rubrics` (`org`,`present`);--> statement-breakpoint
CREATE TABLE `score_requests` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`reviewer` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`note` text,
	`state` text NOT NULL,
	`ended_at` integer,
	`score` text,
	`issue` text,
	`open_for` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`reviewer`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `score_requests_open_for` ON `score_requests` (`org`,`open_for`);--> statement-breakpoint
CREATE INDEX `score_requests_by_seat` ON `score_requests` (`org`,`seat`,`state`);--> statement-breakpoint
CREATE INDEX `score_requests_by_reviewer` ON `score_requests` (`org`,`reviewer`,`state`);--> statement-breakpoint
ALTER TABLE `scores` ADD `kind` text DEFAULT 'quick' NOT NULL;--> statement-breakpoint
ALTER TABLE `scores` ADD `colours` text;--> statement-breakpoint
ALTER TABLE `scores` ADD `answers` text;--> statement-breakpoint
ALTER TABLE `scores` ADD `risk` text;