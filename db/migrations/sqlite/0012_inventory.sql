CREATE TABLE `inventory` (
	`org` text NOT NULL,
	`seat` text NOT NULL,
	`use_case` text,
	`users` text,
	`data_sources` text NOT NULL,
	`model_class` text,
	`model_provider` text,
	`integrations` text NOT NULL,
	`posture` text,
	`source` text,
	`extra` text NOT NULL,
	`imported_from` text,
	`external_id` text,
	`searchable` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`updated_at` integer NOT NULL,
	`updated_by` text,
	PRIMARY KEY(`org`, `seat`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inventory_external` ON `inventory` (`org`,`imported_from`,`external_id`);--> statement-breakpoint
CREATE TABLE `seat_changes` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`seat` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`before` text NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seat_changes_by_seat` ON `seat_changes` (`org`,`seat`,`at`);--> statement-breakpoint
CREATE TABLE `seat_vendors` (
	`org` text NOT NULL,
	`seat` text NOT NULL,
	`vendor` text NOT NULL,
	PRIMARY KEY(`org`, `seat`, `vendor`),
	FOREIGN KEY (`org`,`seat`) REFERENCES `seats`(`org`,`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`org`,`vendor`) REFERENCES `vendors`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seat_vendors_by_vendor` ON `seat_vendors` (`org`,`vendor`);--> statement-breakpoint
CREATE TABLE `vendor_changes` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`vendor` text NOT NULL,
	`at` integer NOT NULL,
	`by` text,
	`before` text NOT NULL,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`,`vendor`) REFERENCES `vendors`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `vendor_changes_by_vendor` ON `vendor_changes` (`org`,`vendor`,`at`);--> statement-breakpoint
CREATE TABLE `vendors` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`sla` text,
	`terms` text,
	`residency` text,
	`rate_limits` text,
	`cost` text,
	`switching` text,
	`contact` text,
	`reviewed_at` integer,
	`reviewed_by` text,
	`ended_at` integer,
	`searchable` text NOT NULL,
	`revision` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `vendors_key` ON `vendors` (`org`,`key`);