CREATE TABLE `alerts` (
	`org` text NOT NULL,
	`source` text NOT NULL,
	`fingerprint` text NOT NULL,
	`issue` text NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`org`, `source`, `fingerprint`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `alerts_by_issue` ON `alerts` (`org`,`issue`);--> statement-breakpoint
CREATE TABLE `baselines` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`metric` text NOT NULL,
	`from` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	`issue` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`metric`) REFERENCES `metrics`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `baselines_by_metric` ON `baselines` (`org`,`metric`,`at`);--> statement-breakpoint
CREATE TABLE `comments` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`issue` text NOT NULL,
	`at` integer NOT NULL,
	`person` text NOT NULL,
	`text` text NOT NULL,
	`link` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`person`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `comments_by_issue` ON `comments` (`org`,`issue`,`at`);--> statement-breakpoint
CREATE TABLE `executive_digests` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`rule` text NOT NULL,
	`zone` text NOT NULL,
	`active` integer NOT NULL,
	`next_at` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `executive_digests_to` ON `executive_digests` (`org`,`to_kind`,`to_id`);--> statement-breakpoint
CREATE INDEX `executive_digests_due` ON `executive_digests` (`active`,`next_at`);--> statement-breakpoint
CREATE TABLE `policies` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text,
	`severity` integer NOT NULL,
	`version` integer NOT NULL,
	`policy` text,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text,
	`present` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `policies_present` ON `policies` (`org`,`present`);--> statement-breakpoint
CREATE INDEX `policies_by_seat` ON `policies` (`org`,`seat`,`severity`,`version`);--> statement-breakpoint
CREATE TABLE `priorities` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`ref` text NOT NULL,
	`seat` text NOT NULL,
	`quarter` text NOT NULL,
	`title` text NOT NULL,
	`owner` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`note` text,
	`place` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `priorities_ref` ON `priorities` (`org`,`ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `priorities_place` ON `priorities` (`org`,`place`);--> statement-breakpoint
CREATE INDEX `priorities_by_seat` ON `priorities` (`org`,`seat`,`quarter`);--> statement-breakpoint
CREATE INDEX `priorities_by_owner` ON `priorities` (`org`,`owner`);--> statement-breakpoint
CREATE TABLE `rules` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`ref` text NOT NULL,
	`text` text NOT NULL,
	`why` text NOT NULL,
	`issue` text,
	`fits` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`ended_at` integer,
	`end_reason` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rules_ref` ON `rules` (`org`,`ref`);--> statement-breakpoint
CREATE TABLE `stage_changes` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`from` text NOT NULL,
	`to` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `stage_changes_by_seat` ON `stage_changes` (`org`,`seat`,`at`);--> statement-breakpoint
CREATE TABLE `target_changes` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`metric` text NOT NULL,
	`until` integer NOT NULL,
	`by` text,
	`reason` text NOT NULL,
	`direction` text NOT NULL,
	`target` real NOT NULL,
	`target_high` real,
	`tolerance` real NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`metric`) REFERENCES `metrics`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `target_changes_by_metric` ON `target_changes` (`org`,`metric`,`until`);--> statement-breakpoint
CREATE TABLE `tokens` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`seat` text,
	`signing_secret` text,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`expires_at` integer,
	`revoked_at` integer,
	`revoked_by` text,
	`used_at` integer,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tokens_hash` ON `tokens` (`hash`);--> statement-breakpoint
CREATE TABLE `tracks` (
	`org` text NOT NULL,
	`priority` text NOT NULL,
	`week` text NOT NULL,
	`on` integer NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`note` text,
	PRIMARY KEY(`org`, `priority`, `week`),
	FOREIGN KEY (`org`,`priority`) REFERENCES `priorities`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `digests` ADD `nudge_at` integer;--> statement-breakpoint
CREATE INDEX `digests_nudge` ON `digests` (`active`,`nudge_at`);--> statement-breakpoint
ALTER TABLE `escalations` ADD `round` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `escalations` ADD `because` text DEFAULT 'opened' NOT NULL;--> statement-breakpoint
ALTER TABLE `escalations` ADD `snoozed_until` integer;--> statement-breakpoint
ALTER TABLE `escalations` ADD `snoozed_by` text;--> statement-breakpoint
ALTER TABLE `escalations` ADD `handed_to` text;--> statement-breakpoint
ALTER TABLE `escalations` ADD `handed_by` text;--> statement-breakpoint
ALTER TABLE `escalations` ADD `reminders` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `issues` ADD `quote` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `drill` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `issues` ADD `assignee` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `outcome` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `drop_reason` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `merged_into` text;--> statement-breakpoint
ALTER TABLE `issues` ADD `reopened_at` integer;--> statement-breakpoint
ALTER TABLE `issues` ADD `acknowledge_by` integer;--> statement-breakpoint
ALTER TABLE `issues` ADD `solve_by` integer;--> statement-breakpoint
ALTER TABLE `issues` ADD `close_at` integer;--> statement-breakpoint
CREATE INDEX `issues_by_metric` ON `issues` (`org`,`metric`,`opened_at`);--> statement-breakpoint
CREATE INDEX `issues_by_assignee` ON `issues` (`org`,`assignee`);--> statement-breakpoint
CREATE INDEX `issues_close_at` ON `issues` (`close_at`);--> statement-breakpoint
ALTER TABLE `metrics` ADD `source` text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
ALTER TABLE `metrics` ADD `sensitivity` text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE `metrics` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `metrics` ADD `pause_reason` text;--> statement-breakpoint
ALTER TABLE `orgs` ADD `nightly_at` integer;--> statement-breakpoint
ALTER TABLE `orgs` ADD `rule_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `people` ADD `country` text;--> statement-breakpoint
ALTER TABLE `people` ADD `nudges` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `pings` ADD `round` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `pings` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `seats` ADD `priority_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `signals` ADD `facts` text;