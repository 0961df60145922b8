CREATE TABLE `audit_entries` (
	`org` text NOT NULL,
	`seq` integer NOT NULL,
	`at` integer NOT NULL,
	`action` text NOT NULL,
	`actor` text NOT NULL,
	`by_right` text NOT NULL,
	`subject` text NOT NULL,
	`facts` text NOT NULL,
	`text_digest` text,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`org`, `seq`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `audit_by_subject` ON `audit_entries` (`org`,`subject`);--> statement-breakpoint
CREATE TABLE `audit_heads` (
	`org` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`hash` text NOT NULL,
	`seal` text NOT NULL,
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `audit_texts` (
	`org` text NOT NULL,
	`seq` integer NOT NULL,
	`salt` text NOT NULL,
	`text` text,
	PRIMARY KEY(`org`, `seq`)
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`platform` text NOT NULL,
	`tenant` text NOT NULL,
	`ref` text NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`person` text,
	`conversation` text NOT NULL,
	`active` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_ref` ON `channels` (`org`,`platform`,`tenant`,`ref`);--> statement-breakpoint
CREATE INDEX `channels_by_person` ON `channels` (`org`,`person`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`message` text NOT NULL,
	`revision` integer NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text NOT NULL,
	`detail` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`message`) REFERENCES `messages`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deliveries_by_message` ON `deliveries` (`org`,`message`,`started_at`);--> statement-breakpoint
CREATE TABLE `digests` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`channel` text NOT NULL,
	`rule` text NOT NULL,
	`zone` text NOT NULL,
	`active` integer NOT NULL,
	`next_at` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`channel`) REFERENCES `channels`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `digests_channel` ON `digests` (`org`,`channel`);--> statement-breakpoint
CREATE INDEX `digests_due` ON `digests` (`active`,`next_at`);--> statement-breakpoint
CREATE TABLE `escalations` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`issue` text NOT NULL,
	`policy` text NOT NULL,
	`step` integer NOT NULL,
	`repeats` integer NOT NULL,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`next_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `escalations_issue` ON `escalations` (`org`,`issue`);--> statement-breakpoint
CREATE INDEX `escalations_due` ON `escalations` (`state`,`next_at`);--> statement-breakpoint
CREATE TABLE `follow_ups` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`action` text NOT NULL,
	`input` text NOT NULL,
	`cause` integer NOT NULL,
	`due_at` integer NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`try_at` integer,
	`lease_until` integer,
	`error` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `follow_ups_key` ON `follow_ups` (`org`,`key`);--> statement-breakpoint
CREATE INDEX `follow_ups_due` ON `follow_ups` (`state`,`due_at`);--> statement-breakpoint
CREATE TABLE `identities` (
	`org` text NOT NULL,
	`platform` text NOT NULL,
	`tenant` text NOT NULL,
	`ref` text NOT NULL,
	`person` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`org`, `platform`, `tenant`, `ref`),
	FOREIGN KEY (`org`,`person`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `identities_ref` ON `identities` (`platform`,`tenant`,`ref`);--> statement-breakpoint
CREATE INDEX `identities_by_person` ON `identities` (`org`,`person`);--> statement-breakpoint
CREATE TABLE `installations` (
	`org` text NOT NULL,
	`platform` text NOT NULL,
	`tenant` text NOT NULL,
	`name` text NOT NULL,
	`active` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org`, `platform`, `tenant`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `installations_tenant` ON `installations` (`platform`,`tenant`);--> statement-breakpoint
CREATE TABLE `issues` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`ref` text NOT NULL,
	`seat` text NOT NULL,
	`metric` text,
	`kind` text NOT NULL,
	`severity` integer NOT NULL,
	`title` text NOT NULL,
	`detail` text,
	`link` text,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`opened_by` text,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`solved_at` integer,
	`solved_by` text,
	`cause` text,
	`fix` text,
	`lesson` text,
	`closed_at` integer,
	`open_for` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`metric`) REFERENCES `metrics`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `issues_ref` ON `issues` (`org`,`ref`);--> statement-breakpoint
CREATE UNIQUE INDEX `issues_open_for` ON `issues` (`org`,`open_for`);--> statement-breakpoint
CREATE INDEX `issues_by_seat` ON `issues` (`org`,`seat`,`state`);--> statement-breakpoint
CREATE INDEX `issues_by_state` ON `issues` (`org`,`state`);--> statement-breakpoint
CREATE TABLE `messages` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`to_kind` text NOT NULL,
	`to_id` text NOT NULL,
	`view` text NOT NULL,
	`args` text NOT NULL,
	`subject` text NOT NULL,
	`wanted` integer NOT NULL,
	`shown` integer NOT NULL,
	`ref` text,
	`state` text NOT NULL,
	`reason` text,
	`may_repeat` integer NOT NULL,
	`thread_of` text,
	`created_at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`try_at` integer,
	`tries` integer NOT NULL,
	`lease_until` integer,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_key` ON `messages` (`org`,`key`);--> statement-breakpoint
CREATE INDEX `messages_due` ON `messages` (`state`,`try_at`);--> statement-breakpoint
CREATE INDEX `messages_by_subject` ON `messages` (`org`,`subject`);--> statement-breakpoint
CREATE TABLE `metrics` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`unit` text NOT NULL,
	`direction` text NOT NULL,
	`target` real NOT NULL,
	`target_high` real,
	`tolerance` real NOT NULL,
	`cadence` text NOT NULL,
	`owner` text,
	`active` integer NOT NULL,
	`due_period` text NOT NULL,
	`due_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `metrics_key` ON `metrics` (`org`,`seat`,`key`);--> statement-breakpoint
CREATE INDEX `metrics_due` ON `metrics` (`active`,`due_at`);--> statement-breakpoint
CREATE INDEX `metrics_by_owner` ON `metrics` (`org`,`owner`);--> statement-breakpoint
CREATE TABLE `orgs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`created_at` integer NOT NULL,
	`admin_code` text,
	`sandbox` integer DEFAULT false NOT NULL,
	`governance_channel` text
);
--> statement-breakpoint
CREATE TABLE `owners` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`role` text NOT NULL,
	`person` text NOT NULL,
	`named_at` integer NOT NULL,
	`named_by` text,
	`accepted_at` integer,
	`ended_at` integer,
	`present` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`person`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `owners_present` ON `owners` (`org`,`present`);--> statement-breakpoint
CREATE INDEX `owners_by_seat` ON `owners` (`org`,`seat`);--> statement-breakpoint
CREATE INDEX `owners_by_person` ON `owners` (`org`,`person`);--> statement-breakpoint
CREATE TABLE `people` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text,
	`zone` text NOT NULL,
	`hours` text NOT NULL,
	`role` text NOT NULL,
	`active` integer NOT NULL,
	`guest` integer NOT NULL,
	`away_until` integer,
	`delegate` text,
	`primary_platform` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `people_by_email` ON `people` (`org`,`email`);--> statement-breakpoint
CREATE TABLE `pings` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`escalation` text NOT NULL,
	`issue` text NOT NULL,
	`step` integer NOT NULL,
	`at` integer NOT NULL,
	`not_before` integer NOT NULL,
	`target` text NOT NULL,
	`person` text,
	`outcome` text NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`escalation`) REFERENCES `escalations`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pings_by_issue` ON `pings` (`org`,`issue`,`at`);--> statement-breakpoint
CREATE INDEX `pings_by_person` ON `pings` (`org`,`person`,`not_before`);--> statement-breakpoint
CREATE TABLE `readings` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`metric` text NOT NULL,
	`period` text NOT NULL,
	`period_start` integer NOT NULL,
	`value` real NOT NULL,
	`at` integer NOT NULL,
	`reporter` text NOT NULL,
	`note` text,
	`present` text,
	`supersedes` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`metric`) REFERENCES `metrics`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `readings_present` ON `readings` (`org`,`present`);--> statement-breakpoint
CREATE INDEX `readings_by_metric` ON `readings` (`org`,`metric`,`period_start`);--> statement-breakpoint
CREATE TABLE `results` (
	`org` text NOT NULL,
	`key` text NOT NULL,
	`action` text NOT NULL,
	`input_hash` text NOT NULL,
	`result` text,
	`at` integer NOT NULL,
	PRIMARY KEY(`org`, `key`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `results_at` ON `results` (`at`);--> statement-breakpoint
CREATE TABLE `scores` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`reviewer` text NOT NULL,
	`at` integer NOT NULL,
	`rubric` text NOT NULL,
	`marks` text NOT NULL,
	`percent` integer NOT NULL,
	`note` text,
	`evidence` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`reviewer`) REFERENCES `people`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `scores_by_seat` ON `scores` (`org`,`seat`,`at`);--> statement-breakpoint
CREATE TABLE `seats` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`holder` text NOT NULL,
	`accountability` text NOT NULL,
	`stage` text NOT NULL,
	`level` integer NOT NULL,
	`risk` text NOT NULL,
	`parent` text,
	`channel` text,
	`halted` integer NOT NULL,
	`issue_count` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `seats_key` ON `seats` (`org`,`key`);--> statement-breakpoint
CREATE INDEX `seats_by_channel` ON `seats` (`org`,`channel`);--> statement-breakpoint
CREATE TABLE `signals` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`issue` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`period` text,
	`sentence` text NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `signals_by_issue` ON `signals` (`org`,`issue`,`at`);--> statement-breakpoint
CREATE TABLE `slots` (
	`org` text NOT NULL,
	`job` text NOT NULL,
	`target` text NOT NULL,
	`nominal` integer NOT NULL,
	`ran_at` integer NOT NULL,
	`outcome` text NOT NULL,
	PRIMARY KEY(`org`, `job`, `target`, `nominal`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
