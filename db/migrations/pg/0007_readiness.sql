CREATE TABLE "drafts" (
	"org" text NOT NULL,
	"person" text NOT NULL,
	"about" text NOT NULL,
	"version" text NOT NULL,
	"values" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "drafts_org_person_about_pk" PRIMARY KEY("org","person","about")
);
--> statement-breakpoint
CREATE TABLE "rubric_approvals" (
	"org" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"as" text NOT NULL,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"comment" text,
	CONSTRAINT "rubric_approvals_org_key_version_as_pk" PRIMARY KEY("org","key","version","as")
);
--> statement-breakpoint
CREATE TABLE "rubrics" (
	"org" text NOT NULL,
	"key" text NOT NULL,
	"version" integer NOT NULL,
	"rubric" jsonb NOT NULL,
	"state" text NOT NULL,
	"proposed_at" timestamp (3) with time zone NOT NULL,
	"proposed_by" text,
	"reason" text,
	"decided_at" timestamp (3) with time zone,
	"present" text,
	CONSTRAINT "rubrics_org_key_version_pk" PRIMARY KEY("org","key","version")
);
--> statement-breakpoint
CREATE TABLE "score_requests" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"reviewer" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"note" text,
	"state" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"score" text,
	"issue" text,
	"open_for" text,
	CONSTRAINT "score_requests_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
ALTER TABLE "scores" ADD COLUMN "kind" text DEFAULT 'quick' NOT NULL;--> statement-breakpoint
ALTER TABLE "scores" ADD COLUMN "colours" text;--> statement-breakpoint
ALTER TABLE "scores" ADD COLUMN "answers" jsonb;--> statement-breakpoint
ALTER TABLE "scores" ADD COLUMN "risk" text;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_person" FOREIGN KEY ("org","person") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_approvals" ADD CONSTRAINT "rubric_approvals_rubric" FOREIGN KEY ("org","key","version") REFERENCES "public"."rubrics"("org","key","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_approvals" ADD CONSTRAINT "rubric_approvals_person_fk" FOREIGN KEY ("org","person") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubrics" ADD CONSTRAINT "rubrics_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_requests" ADD CONSTRAINT "score_requests_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "score_requests" ADD CONSTRAINT "score_requests_reviewer" FOREIGN KEY ("org","reviewer") REFERENCES "public"."people"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "rubric_approvals_person" ON "rubric_approvals" USING btree ("org","key","version","person");--> statement-breakpoint
CREATE UNIQUE INDEX "rubrics_present" ON "rubrics" USING btree ("org","present");--> statement-breakpoint
CREATE UNIQUE INDEX "score_requests_open_for" ON "score_requests" USING btree ("org","open_for");--> statement-breakpoint
CREATE INDEX "score_requests_by_seat" ON "score_requests" USING btree ("org","seat","state");--> statement-breakpoint
CREATE INDEX "score_requests_by_reviewer" ON "score_requests" USING btree ("org","reviewer","state");