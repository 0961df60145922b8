CREATE TABLE "audit_entries" (
	"org" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"action" text NOT NULL,
	"actor" jsonb NOT NULL,
	"by_right" text NOT NULL,
	"subject" text NOT NULL,
	"facts" jsonb NOT NULL,
	"text_digest" text,
	"prev" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_org_seq_pk" PRIMARY KEY("org","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"org" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"seal" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_texts" (
	"org" text NOT NULL,
	"seq" integer NOT NULL,
	"salt" text NOT NULL,
	"text" jsonb,
	CONSTRAINT "audit_texts_org_seq_pk" PRIMARY KEY("org","seq")
);
--> statement-breakpoint
CREATE TABLE "channels" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"platform" text NOT NULL,
	"tenant" text NOT NULL,
	"ref" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"person" text,
	"conversation" jsonb NOT NULL,
	"active" boolean NOT NULL,
	CONSTRAINT "channels_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"message" text NOT NULL,
	"revision" integer NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text NOT NULL,
	"detail" text,
	CONSTRAINT "deliveries_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"channel" text NOT NULL,
	"rule" jsonb NOT NULL,
	"zone" text NOT NULL,
	"active" boolean NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digests_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "escalations" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"issue" text NOT NULL,
	"policy" jsonb NOT NULL,
	"step" integer NOT NULL,
	"repeats" integer NOT NULL,
	"state" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"next_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "escalations_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "follow_ups" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"key" text NOT NULL,
	"action" text NOT NULL,
	"input" jsonb NOT NULL,
	"cause" integer NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"tries" integer NOT NULL,
	"try_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"error" text,
	CONSTRAINT "follow_ups_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"org" text NOT NULL,
	"platform" text NOT NULL,
	"tenant" text NOT NULL,
	"ref" text NOT NULL,
	"person" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "identities_org_platform_tenant_ref_pk" PRIMARY KEY("org","platform","tenant","ref")
);
--> statement-breakpoint
CREATE TABLE "installations" (
	"org" text NOT NULL,
	"platform" text NOT NULL,
	"tenant" text NOT NULL,
	"name" text NOT NULL,
	"active" boolean NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "installations_org_platform_tenant_pk" PRIMARY KEY("org","platform","tenant")
);
--> statement-breakpoint
CREATE TABLE "issues" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"ref" text NOT NULL,
	"seat" text NOT NULL,
	"metric" text,
	"kind" text NOT NULL,
	"severity" integer NOT NULL,
	"title" text NOT NULL,
	"detail" text,
	"link" text,
	"state" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"opened_by" text,
	"acknowledged_at" timestamp (3) with time zone,
	"acknowledged_by" text,
	"solved_at" timestamp (3) with time zone,
	"solved_by" text,
	"cause" text,
	"fix" text,
	"lesson" text,
	"closed_at" timestamp (3) with time zone,
	"open_for" text,
	CONSTRAINT "issues_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"key" text NOT NULL,
	"to_kind" text NOT NULL,
	"to_id" text NOT NULL,
	"view" text NOT NULL,
	"args" jsonb NOT NULL,
	"subject" text NOT NULL,
	"wanted" integer NOT NULL,
	"shown" integer NOT NULL,
	"ref" jsonb,
	"state" text NOT NULL,
	"reason" text,
	"may_repeat" boolean NOT NULL,
	"thread_of" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"try_at" timestamp (3) with time zone,
	"tries" integer NOT NULL,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "messages_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "metrics" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"unit" text NOT NULL,
	"direction" text NOT NULL,
	"target" double precision NOT NULL,
	"target_high" double precision,
	"tolerance" double precision NOT NULL,
	"cadence" text NOT NULL,
	"owner" text,
	"active" boolean NOT NULL,
	"due_period" text NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "metrics_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "orgs" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"zone" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"admin_code" text,
	"sandbox" boolean DEFAULT false NOT NULL,
	"governance_channel" text
);
--> statement-breakpoint
CREATE TABLE "owners" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"role" text NOT NULL,
	"person" text NOT NULL,
	"named_at" timestamp (3) with time zone NOT NULL,
	"named_by" text,
	"accepted_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone,
	"present" text,
	CONSTRAINT "owners_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"zone" text NOT NULL,
	"hours" jsonb NOT NULL,
	"role" text NOT NULL,
	"active" boolean NOT NULL,
	"guest" boolean NOT NULL,
	"away_until" timestamp (3) with time zone,
	"delegate" text,
	"primary_platform" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "people_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "pings" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"escalation" text NOT NULL,
	"issue" text NOT NULL,
	"step" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"target" text NOT NULL,
	"person" text,
	"outcome" text NOT NULL,
	CONSTRAINT "pings_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"metric" text NOT NULL,
	"period" text NOT NULL,
	"period_start" timestamp (3) with time zone NOT NULL,
	"value" double precision NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"reporter" text NOT NULL,
	"note" text,
	"present" text,
	"supersedes" text,
	CONSTRAINT "readings_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "results" (
	"org" text NOT NULL,
	"key" text NOT NULL,
	"action" text NOT NULL,
	"input_hash" text NOT NULL,
	"result" jsonb,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "results_org_key_pk" PRIMARY KEY("org","key")
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"reviewer" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"rubric" text NOT NULL,
	"marks" jsonb NOT NULL,
	"percent" integer NOT NULL,
	"note" text,
	"evidence" text,
	CONSTRAINT "scores_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "seats" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"holder" text NOT NULL,
	"accountability" text NOT NULL,
	"stage" text NOT NULL,
	"level" integer NOT NULL,
	"risk" text NOT NULL,
	"parent" text,
	"channel" text,
	"halted" boolean NOT NULL,
	"issue_count" integer NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seats_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "signals" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"issue" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"period" text,
	"sentence" text NOT NULL,
	CONSTRAINT "signals_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"org" text NOT NULL,
	"job" text NOT NULL,
	"target" text NOT NULL,
	"nominal" timestamp (3) with time zone NOT NULL,
	"ran_at" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	CONSTRAINT "slots_org_job_target_nominal_pk" PRIMARY KEY("org","job","target","nominal")
);
--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "channels" ADD CONSTRAINT "channels_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_message" FOREIGN KEY ("org","message") REFERENCES "public"."messages"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digests" ADD CONSTRAINT "digests_channel_fk" FOREIGN KEY ("org","channel") REFERENCES "public"."channels"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "escalations" ADD CONSTRAINT "escalations_issue_fk" FOREIGN KEY ("org","issue") REFERENCES "public"."issues"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person" FOREIGN KEY ("org","person") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "installations" ADD CONSTRAINT "installations_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "issues" ADD CONSTRAINT "issues_metric" FOREIGN KEY ("org","metric") REFERENCES "public"."metrics"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "metrics" ADD CONSTRAINT "metrics_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners" ADD CONSTRAINT "owners_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "owners" ADD CONSTRAINT "owners_person" FOREIGN KEY ("org","person") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pings" ADD CONSTRAINT "pings_escalation" FOREIGN KEY ("org","escalation") REFERENCES "public"."escalations"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "readings" ADD CONSTRAINT "readings_metric" FOREIGN KEY ("org","metric") REFERENCES "public"."metrics"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "results" ADD CONSTRAINT "results_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_reviewer" FOREIGN KEY ("org","reviewer") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seats" ADD CONSTRAINT "seats_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signals" ADD CONSTRAINT "signals_issue" FOREIGN KEY ("org","issue") REFERENCES "public"."issues"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "slots" ADD CONSTRAINT "slots_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_by_subject" ON "audit_entries" USING btree ("org","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_ref" ON "channels" USING btree ("org","platform","tenant","ref");--> statement-breakpoint
CREATE INDEX "channels_by_person" ON "channels" USING btree ("org","person");--> statement-breakpoint
CREATE INDEX "deliveries_by_message" ON "deliveries" USING btree ("org","message","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "digests_channel" ON "digests" USING btree ("org","channel");--> statement-breakpoint
CREATE INDEX "digests_due" ON "digests" USING btree ("active","next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "escalations_issue" ON "escalations" USING btree ("org","issue");--> statement-breakpoint
CREATE INDEX "escalations_due" ON "escalations" USING btree ("state","next_at");--> statement-breakpoint
CREATE UNIQUE INDEX "follow_ups_key" ON "follow_ups" USING btree ("org","key");--> statement-breakpoint
CREATE INDEX "follow_ups_due" ON "follow_ups" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_ref" ON "identities" USING btree ("platform","tenant","ref");--> statement-breakpoint
CREATE INDEX "identities_by_person" ON "identities" USING btree ("org","person");--> statement-breakpoint
CREATE UNIQUE INDEX "installations_tenant" ON "installations" USING btree ("platform","tenant");--> statement-breakpoint
CREATE UNIQUE INDEX "issues_ref" ON "issues" USING btree ("org","ref");--> statement-breakpoint
CREATE UNIQUE INDEX "issues_open_for" ON "issues" USING btree ("org","open_for");--> statement-breakpoint
CREATE INDEX "issues_by_seat" ON "issues" USING btree ("org","seat","state");--> statement-breakpoint
CREATE INDEX "issues_by_state" ON "issues" USING btree ("org","state");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_key" ON "messages" USING btree ("org","key");--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("state","try_at");--> statement-breakpoint
CREATE INDEX "messages_by_subject" ON "messages" USING btree ("org","subject");--> statement-breakpoint
CREATE UNIQUE INDEX "metrics_key" ON "metrics" USING btree ("org","seat","key");--> statement-breakpoint
CREATE INDEX "metrics_due" ON "metrics" USING btree ("active","due_at");--> statement-breakpoint
CREATE INDEX "metrics_by_owner" ON "metrics" USING btree ("org","owner");--> statement-breakpoint
CREATE UNIQUE INDEX "owners_present" ON "owners" USING btree ("org","present");--> statement-breakpoint
CREATE INDEX "owners_by_seat" ON "owners" USING btree ("org","seat");--> statement-breakpoint
CREATE INDEX "owners_by_person" ON "owners" USING btree ("org","person");--> statement-breakpoint
CREATE INDEX "people_by_email" ON "people" USING btree ("org","email");--> statement-breakpoint
CREATE INDEX "pings_by_issue" ON "pings" USING btree ("org","issue","at");--> statement-breakpoint
CREATE INDEX "pings_by_person" ON "pings" USING btree ("org","person","not_before");--> statement-breakpoint
CREATE UNIQUE INDEX "readings_present" ON "readings" USING btree ("org","present");--> statement-breakpoint
CREATE INDEX "readings_by_metric" ON "readings" USING btree ("org","metric","period_start");--> statement-breakpoint
CREATE INDEX "results_at" ON "results" USING btree ("at");--> statement-breakpoint
CREATE INDEX "scores_by_seat" ON "scores" USING btree ("org","seat","at");--> statement-breakpoint
CREATE UNIQUE INDEX "seats_key" ON "seats" USING btree ("org","key");--> statement-breakpoint
CREATE INDEX "seats_by_channel" ON "seats" USING btree ("org","channel");--> statement-breakpoint
CREATE INDEX "signals_by_issue" ON "signals" USING btree ("org","issue","at");