CREATE TABLE "audit_exports" (
	"org" text NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"key_id" text NOT NULL,
	"signature" text NOT NULL,
	"filed_at" timestamp (3) with time zone,
	CONSTRAINT "audit_exports_org_seq_pk" PRIMARY KEY("org","seq")
);
--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "digest_rule" jsonb;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "heads_channel" text;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "retention" jsonb;--> statement-breakpoint
ALTER TABLE "orgs" ADD COLUMN "backed_up_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "audit_exports" ADD CONSTRAINT "audit_exports_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_exports_filed" ON "audit_exports" USING btree ("filed_at");