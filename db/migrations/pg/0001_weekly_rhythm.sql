CREATE TABLE "alerts" (
	"org" text NOT NULL,
	"source" text NOT NULL,
	"fingerprint" text NOT NULL,
	"issue" text NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alerts_org_source_fingerprint_pk" PRIMARY KEY("org","source","fingerprint")
);
--> statement-breakpoint
CREATE TABLE "baselines" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"metric" text NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	"issue" text,
	CONSTRAINT "baselines_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "comments" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"issue" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"person" text NOT NULL,
	"text" text NOT NULL,
	"link" text,
	CONSTRAINT "comments_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "executive_digests" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_id" text NOT NULL,
	"rule" jsonb NOT NULL,
	"zone" text NOT NULL,
	"active" boolean NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "executive_digests_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "policies" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text,
	"severity" integer NOT NULL,
	"version" integer NOT NULL,
	"policy" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"reason" text,
	"present" text,
	CONSTRAINT "policies_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "priorities" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"ref" text NOT NULL,
	"seat" text NOT NULL,
	"quarter" text NOT NULL,
	"title" text NOT NULL,
	"owner" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"note" text,
	"place" text,
	CONSTRAINT "priorities_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "rules" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"ref" text NOT NULL,
	"text" text NOT NULL,
	"why" text NOT NULL,
	"issue" text,
	"fits" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"end_reason" text,
	CONSTRAINT "rules_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "stage_changes" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"from" text NOT NULL,
	"to" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"reason" text NOT NULL,
	CONSTRAINT "stage_changes_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "target_changes" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"metric" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"by" text,
	"reason" text NOT NULL,
	"direction" text NOT NULL,
	"target" double precision NOT NULL,
	"target_high" double precision,
	"tolerance" double precision NOT NULL,
	CONSTRAINT "target_changes_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "tokens" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"seat" text,
	"signing_secret" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by" text,
	"used_at" timestamp (3) with time zone,
	CONSTRAINT "tokens_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "tracks" (
	"org" text NOT NULL,
	"priority" text NOT NULL,
	"week" text NOT NULL,
	"on" boolean NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"note" text,
	CONSTRAINT "tracks_org_priority_week_pk" PRIMARY KEY("org","priority","week")
);
--> statement-breakpoint
ALTER TABLE "digests" ADD COLUMN "nudge_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "because" text DEFAULT 'opened' NOT NULL;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "snoozed_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "snoozed_by" text;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "handed_to" text;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "handed_by" text;--> statement-breakpoint
ALTER TABLE "escalations" ADD COLUMN "reminders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "quote" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "drill" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "assignee" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "outcome" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "drop_reason" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "reopened_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "acknowledge_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "solve_by" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "issues" ADD COLUMN "close_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "metrics" ADD COLUMN "source" text DEFAULT 'chat' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics" ADD COLUMN "sensitivity" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "metrics" ADD COLUMN "paused_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "metrics" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "nightly_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "rule_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "nudges" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "pings" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "pings" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "seats" ADD COLUMN "priority_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "signals" ADD COLUMN "facts" jsonb;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_issue" FOREIGN KEY ("org","issue") REFERENCES "public"."issues"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "baselines" ADD CONSTRAINT "baselines_metric" FOREIGN KEY ("org","metric") REFERENCES "public"."metrics"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_issue" FOREIGN KEY ("org","issue") REFERENCES "public"."issues"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "comments" ADD CONSTRAINT "comments_person" FOREIGN KEY ("org","person") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "executive_digests" ADD CONSTRAINT "executive_digests_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policies" ADD CONSTRAINT "policies_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "priorities" ADD CONSTRAINT "priorities_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rules" ADD CONSTRAINT "rules_issue" FOREIGN KEY ("org","issue") REFERENCES "public"."issues"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "stage_changes" ADD CONSTRAINT "stage_changes_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "target_changes" ADD CONSTRAINT "target_changes_metric" FOREIGN KEY ("org","metric") REFERENCES "public"."metrics"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tokens" ADD CONSTRAINT "tokens_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracks" ADD CONSTRAINT "tracks_priority" FOREIGN KEY ("org","priority") REFERENCES "public"."priorities"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_by_issue" ON "alerts" USING btree ("org","issue");--> statement-breakpoint
CREATE INDEX "baselines_by_metric" ON "baselines" USING btree ("org","metric","at");--> statement-breakpoint
CREATE INDEX "comments_by_issue" ON "comments" USING btree ("org","issue","at");--> statement-breakpoint
CREATE UNIQUE INDEX "executive_digests_to" ON "executive_digests" USING btree ("org","to_kind","to_id");--> statement-breakpoint
CREATE INDEX "executive_digests_due" ON "executive_digests" USING btree ("active","next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "policies_present" ON "policies" USING btree ("org","present");--> statement-breakpoint
CREATE INDEX "policies_by_seat" ON "policies" USING btree ("org","seat","severity","version");--> statement-breakpoint
CREATE UNIQUE INDEX "priorities_ref" ON "priorities" USING btree ("org","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "priorities_place" ON "priorities" USING btree ("org","place");--> statement-breakpoint
CREATE INDEX "priorities_by_seat" ON "priorities" USING btree ("org","seat","quarter");--> statement-breakpoint
CREATE INDEX "priorities_by_owner" ON "priorities" USING btree ("org","owner");--> statement-breakpoint
CREATE UNIQUE INDEX "rules_ref" ON "rules" USING btree ("org","ref");--> statement-breakpoint
CREATE INDEX "stage_changes_by_seat" ON "stage_changes" USING btree ("org","seat","at");--> statement-breakpoint
CREATE INDEX "target_changes_by_metric" ON "target_changes" USING btree ("org","metric","until");--> statement-breakpoint
CREATE UNIQUE INDEX "tokens_hash" ON "tokens" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "digests_nudge" ON "digests" USING btree ("active","nudge_at");--> statement-breakpoint
CREATE INDEX "issues_by_metric" ON "issues" USING btree ("org","metric","opened_at");--> statement-breakpoint
CREATE INDEX "issues_by_assignee" ON "issues" USING btree ("org","assignee");--> statement-breakpoint
CREATE INDEX "issues_close_at" ON "issues" USING btree ("close_at");