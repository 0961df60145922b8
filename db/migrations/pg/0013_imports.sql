CREATE TABLE "import_parts" (
	"org" text NOT NULL,
	"import" text NOT NULL,
	"at" integer NOT NULL,
	"size" integer NOT NULL,
	"rows" jsonb NOT NULL,
	"outcomes" jsonb,
	CONSTRAINT "import_parts_org_import_at_pk" PRIMARY KEY("org","import","at")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"org" text NOT NULL,
	"id" text NOT NULL,
	"by" text,
	"state" text NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"file_hash" text NOT NULL,
	"mapping_hash" text NOT NULL,
	"overwrite" boolean NOT NULL,
	"rows" integer NOT NULL,
	"position" integer NOT NULL,
	"counts" jsonb NOT NULL,
	"notes" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"fault" text,
	CONSTRAINT "imports_org_id_pk" PRIMARY KEY("org","id")
);
--> statement-breakpoint
ALTER TABLE "import_parts" ADD CONSTRAINT "import_parts_import" FOREIGN KEY ("org","import") REFERENCES "public"."imports"("org","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_org_orgs_id_fk" FOREIGN KEY ("org") REFERENCES "public"."orgs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imports_open" ON "imports" USING btree ("org","file_hash","state");