-- What the editors of rallies and stalls need beyond the first version.

CREATE TABLE "programme_issue" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "number" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "issued_line" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "programme_issue_id" TEXT NOT NULL REFERENCES "programme_issue" (id),
    "line" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "starts" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "who" TEXT NOT NULL,
    "stage_note" TEXT NOT NULL,
    "cue" TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX "programme_issue_by_rally" ON "programme_issue" ("rally_id", "number");
CREATE INDEX "issued_line_by_issue" ON "issued_line" ("programme_issue_id");

ALTER TABLE "rally" ADD COLUMN "briefing_place" TEXT NOT NULL DEFAULT '';
ALTER TABLE "team_member" ADD COLUMN "answers_to" TEXT;
ALTER TABLE "permission" ADD COLUMN "answered_on" TEXT;
ALTER TABLE "permission" ADD COLUMN "note" TEXT NOT NULL DEFAULT '';
ALTER TABLE "route_step" ADD COLUMN "map_reference" TEXT NOT NULL DEFAULT '';
ALTER TABLE "pin" ADD COLUMN "post_id" TEXT REFERENCES "post" (id);
ALTER TABLE "pin" ADD COLUMN "stall_id" TEXT REFERENCES "stall" (id);
ALTER TABLE "person" ADD COLUMN "partner_id" TEXT REFERENCES "partner" (id);

CREATE INDEX "pin_by_post" ON "pin" ("post_id");
CREATE INDEX "pin_by_stall" ON "pin" ("stall_id");
CREATE INDEX "person_by_partner" ON "person" ("partner_id");
