ALTER TABLE `metrics` ADD `paused_by` text;--> statement-breakpoint
ALTER TABLE `rules` ADD `ended_by` text;