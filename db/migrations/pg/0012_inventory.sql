CREATE TABLE "inventory" (
	"org" text NOT NULL,
	"seat" text NOT NULL,
	"use_case" text,
	"users" text,
	"data_sources" jsonb NOT NULL,
	"model_class" text,
	"model_provider" text,
	"integrations" jsonb NOT NULL,
	"posture" text,
	"source" text,
	"extra" jsonb NOT NULL,
	"imported_from" text,
	"external_id" text,
	"searchable" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"updated_by" text,
	CONSTRAINT "inventory_org_seat_pk" PRIMARY KEY("org","seat")
);
--> statement-breakpoint
CREATE TABLE "seat_changes" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"seat" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"before" jsonb NOT NULL,
	CONSTRAINT "seat_changes_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "seat_vendors" (
	"org" text NOT NULL,
	"seat" text NOT NULL,
	"vendor" text NOT NULL,
	CONSTRAINT "seat_vendors_org_seat_vendor_pk" PRIMARY KEY("org","seat","vendor")
);
--> statement-breakpoint
CREATE TABLE "vendor_changes" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"vendor" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"before" jsonb NOT NULL,
	CONSTRAINT "vendor_changes_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
CREATE TABLE "vendors" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"sla" text,
	"terms" text,
	"residency" text,
	"rate_limits" text,
	"cost" text,
	"switching" text,
	"contact" text,
	"reviewed_at" timestamp (3) with time zone,
	"reviewed_by" text,
	"ended_at" timestamp (3) with time zone,
	"searchable" text NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"created_by" text,
	CONSTRAINT "vendors_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
ALTER TABLE "inventory" ADD CONSTRAINT "inventory_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_changes" ADD CONSTRAINT "seat_changes_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_vendors" ADD CONSTRAINT "seat_vendors_seat" FOREIGN KEY ("org","seat") REFERENCES "public"."seats"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_vendors" ADD CONSTRAINT "seat_vendors_vendor" FOREIGN KEY ("org","vendor") REFERENCES "public"."vendors"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendor_changes" ADD CONSTRAINT "vendor_changes_vendor" FOREIGN KEY ("org","vendor") REFERENCES "public"."vendors"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vendors" ADD CONSTRAINT "vendors_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "inventory_external" ON "inventory" USING btree ("org","imported_from","external_id");--> statement-breakpoint
CREATE INDEX "seat_changes_by_seat" ON "seat_changes" USING btree ("org","seat","at");--> statement-breakpoint
CREATE INDEX "seat_vendors_by_vendor" ON "seat_vendors" USING btree ("org","vendor");--> statement-breakpoint
CREATE INDEX "vendor_changes_by_vendor" ON "vendor_changes" USING btree ("org","vendor","at");--> statement-breakpoint
CREATE UNIQUE INDEX "vendors_key" ON "vendors" USING btree ("org","key");