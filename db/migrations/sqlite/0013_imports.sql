CREATE TABLE `import_parts` (
	`org` text NOT NULL,
	`import` text NOT NULL,
	`at` integer NOT NULL,
	`size` integer NOT NULL,
	`rows` text NOT NULL,
	`outcomes` text,
	PRIMARY KEY(`org`, `import`, `at`),
	FOREIGN KEY (`org`,`import`) REFERENCES `imports`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`org` text NOT NULL,
	`id` text NOT NULL,
	`by` text,
	`state` text NOT NULL,
	`source` text NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`mapping_hash` text NOT NULL,
	`overwrite` integer NOT NULL,
	`rows` integer NOT NULL,
	`position` integer NOT NULL,
	`counts` text NOT NULL,
	`notes` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`fault` text,
	PRIMARY KEY(`org`, `id`),
	FOREIGN KEY (`org`) REFERENCES `orgs`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `imports_open` ON `imports` (`org`,`file_hash`,`state`);