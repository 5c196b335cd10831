-- What was printed, piece by piece: its code, for whom it is, in which form, and its rows.

ALTER TABLE "print_run" ADD COLUMN "audience" TEXT NOT NULL DEFAULT '';
ALTER TABLE "print_run" ADD COLUMN "code" TEXT NOT NULL DEFAULT '';
ALTER TABLE "print_run" ADD COLUMN "choice" TEXT NOT NULL DEFAULT '';
ALTER TABLE "print_run" ADD COLUMN "look" TEXT NOT NULL DEFAULT '';

CREATE TABLE "printed_line" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "print_run_id" TEXT NOT NULL REFERENCES "print_run" (id),
    "number" INTEGER NOT NULL,
    "line" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "shift" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "role" TEXT NOT NULL
) STRICT;

CREATE INDEX "print_run_by_code" ON "print_run" ("code");
CREATE INDEX "print_run_by_scope" ON "print_run" ("document", "audience", "scope");
CREATE INDEX "printed_line_by_run" ON "printed_line" ("print_run_id");
CREATE INDEX "printed_line_by_person" ON "printed_line" ("person") WHERE "person" <> '';
CREATE INDEX "printed_line_by_shift" ON "printed_line" ("shift") WHERE "shift" <> '';
