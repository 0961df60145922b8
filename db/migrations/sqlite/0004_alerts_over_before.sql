PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_alerts` (
	`org` text NOT NULL,
	`source` text NOT NULL,
	`fingerprint` text NOT NULL,
	`issue` text,
	`state` text NOT NULL,
	`started_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	PRIMARY KEY(`org`, `source`, `fingerprint`),
	FOREIGN KEY (`org`,`issue`) REFERENCES `issues`(`org`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_alerts`("org", "source", "fingerprint", "issue", "state", "started_at", "seen_at") SELECT "org", "source", "fingerprint", "issue", "state", "started_at", "seen_at" FROM `alerts`;--> statement-breakpoint
DROP TABLE `alerts`;--> statement-breakpoint
ALTER TABLE `__new_alerts` RENAME TO `alerts`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `alerts_by_issue` ON `alerts` (`org`,`issue`);--> statement-breakpoint
CREATE INDEX `tokens_by_id` ON `tokens` (`id`);