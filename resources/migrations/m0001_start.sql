-- The first shape of a plan file. Never edited after a release: what changes comes as a migration of its own.
-- Every table is STRICT and holds TEXT and INTEGER only, so that the journal's JSON images are exact.
-- References settle at the end of an edit (PRAGMA defer_foreign_keys); nothing cascades silently.

-- What the user did, and what it changed: append-only. "edit_now" has a row only inside an edit.
CREATE TABLE "operation" (
    "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL UNIQUE,
    "kind" TEXT NOT NULL CHECK ("kind" IN ('made', 'edit', 'undo', 'redo', 'note')),
    "label" TEXT NOT NULL CHECK ("label" <> ''),
    "who" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "of" TEXT REFERENCES "operation" (id)
) STRICT;
CREATE INDEX "operation_by_of" ON "operation" ("of");
CREATE INDEX "operation_by_kind" ON "operation" ("kind", "seq");
CREATE TABLE "change" (
    "seq" INTEGER PRIMARY KEY AUTOINCREMENT,
    "operation" INTEGER NOT NULL REFERENCES "operation" (seq),
    "kind" TEXT NOT NULL,
    "row" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    CHECK ("before" IS NOT NULL OR "after" IS NOT NULL)
) STRICT;
CREATE INDEX "change_by_operation" ON "change" ("operation", "kind", "row");
CREATE INDEX "change_by_row" ON "change" ("kind", "row");
CREATE TABLE "edit_now" ("operation" INTEGER NOT NULL REFERENCES "operation" (seq)) STRICT;

CREATE TABLE "settings" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "duty_buffer" INTEGER NOT NULL,
    "min_rest" INTEGER NOT NULL,
    "walking" INTEGER NOT NULL,
    "detour" INTEGER NOT NULL,
    "picket_minimum" INTEGER NOT NULL,
    "delete_after" TEXT
) STRICT;

CREATE TABLE "dispute" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "union" TEXT NOT NULL,
    "branch" TEXT NOT NULL,
    "jurisdiction" TEXT NOT NULL,
    "duty_phone" TEXT NOT NULL,
    "duty_contact" TEXT NOT NULL,
    "told_by" TEXT NOT NULL,
    "data_contact" TEXT NOT NULL,
    "ballot_opened" TEXT,
    "ballot_closed" TEXT,
    "extended_months" INTEGER,
    "mandate_until" TEXT,
    "mandate_checked_by" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "strike_day" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "dispute_id" TEXT NOT NULL REFERENCES "dispute" (id),
    "kind" TEXT NOT NULL,
    "first_date" TEXT NOT NULL,
    "start_time" TEXT,
    "last_date" TEXT NOT NULL,
    "end_time" TEXT,
    "state" TEXT NOT NULL,
    "called_out" TEXT NOT NULL,
    "announced" TEXT,
    "replaced_by_id" TEXT REFERENCES "strike_day" (id),
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "strike_day_move" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "strike_day_id" TEXT NOT NULL REFERENCES "strike_day" (id),
    "from_state" TEXT,
    "to_state" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "joint_agreement" INTEGER NOT NULL CHECK ("joint_agreement" IN (0, 1)),
    "court_order" INTEGER NOT NULL CHECK ("court_order" IN (0, 1))
) STRICT;

CREATE TABLE "employer" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "notice" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "dispute_id" TEXT NOT NULL REFERENCES "dispute" (id),
    "employer_id" TEXT REFERENCES "employer" (id),
    "given_on" TEXT NOT NULL,
    "received_on" TEXT,
    "continuous" INTEGER NOT NULL CHECK ("continuous" IN (0, 1)),
    "employer_agreed_shorter" INTEGER NOT NULL CHECK ("employer_agreed_shorter" IN (0, 1)),
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "notice_day" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "notice_id" TEXT NOT NULL REFERENCES "notice" (id),
    "strike_day_id" TEXT NOT NULL REFERENCES "strike_day" (id)
) STRICT;

CREATE TABLE "site" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "employer_id" TEXT NOT NULL REFERENCES "employer" (id),
    "name" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "postcode" TEXT NOT NULL,
    "lat" INTEGER,
    "lon" INTEGER,
    "toilet" TEXT NOT NULL,
    "shelter" TEXT NOT NULL,
    "defibrillator" TEXT NOT NULL,
    "police_contact" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "entrance" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "site_id" TEXT NOT NULL REFERENCES "site" (id),
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "official_max" INTEGER NOT NULL,
    "land_status" TEXT NOT NULL,
    "keep_clear" INTEGER NOT NULL CHECK ("keep_clear" IN (0, 1)),
    "map_reference" TEXT NOT NULL,
    "stand_at" TEXT NOT NULL,
    "toilet" TEXT NOT NULL,
    "shelter" TEXT NOT NULL,
    "defibrillator" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "venue" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "postcode" TEXT NOT NULL,
    "lat" INTEGER,
    "lon" INTEGER,
    "map_reference" TEXT NOT NULL,
    "capacity" INTEGER,
    "landowner" TEXT NOT NULL,
    "power" TEXT NOT NULL,
    "toilets" TEXT NOT NULL,
    "water" TEXT NOT NULL,
    "step_free" TEXT NOT NULL,
    "emergency_access" TEXT NOT NULL,
    "nearest_ae" TEXT NOT NULL,
    "defibrillator" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "person" (
    n INTEGER PRIMARY KEY,
    "id" TEXT NOT NULL UNIQUE,
    "given_name" TEXT NOT NULL,
    "family_name" TEXT NOT NULL,
    "standing" TEXT NOT NULL,
    "workplace_id" TEXT REFERENCES "site" (id),
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "adult" INTEGER NOT NULL CHECK ("adult" IN (0, 1)),
    "access_need" INTEGER NOT NULL CHECK ("access_need" IN (0, 1)),
    "may_be_named" INTEGER NOT NULL CHECK ("may_be_named" IN (0, 1)),
    "max_minutes_day" INTEGER,
    "max_minutes_total" INTEGER,
    "reserve" INTEGER NOT NULL CHECK ("reserve" IN (0, 1)),
    "left" INTEGER NOT NULL CHECK ("left" IN (0, 1))
) STRICT;

CREATE TABLE "workplace" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "site_id" TEXT NOT NULL REFERENCES "site" (id)
) STRICT;

CREATE TABLE "person_skill" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "skill" TEXT NOT NULL
) STRICT;

CREATE TABLE "availability" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "starts" TEXT NOT NULL,
    "ends" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    CHECK (starts < ends)
) STRICT;

CREATE TABLE "cover" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "kind" TEXT NOT NULL,
    "starts" TEXT NOT NULL,
    "ends" TEXT NOT NULL,
    "verified_by" TEXT NOT NULL,
    "verified_at" TEXT,
    CHECK (starts < ends)
) STRICT;

CREATE TABLE "preference" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "site_id" TEXT NOT NULL REFERENCES "site" (id),
    "liking" TEXT NOT NULL
) STRICT;

CREATE TABLE "pair" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "other_id" TEXT NOT NULL REFERENCES "person" (id),
    "apart" INTEGER NOT NULL CHECK ("apart" IN (0, 1)),
    CHECK (person_id <> other_id)
) STRICT;

CREATE TABLE "picket" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "strike_day_id" TEXT NOT NULL REFERENCES "strike_day" (id),
    "entrance_id" TEXT NOT NULL REFERENCES "entrance" (id),
    "starts" TEXT NOT NULL,
    "ends" TEXT,
    "meet" TEXT NOT NULL,
    "supporters" INTEGER NOT NULL,
    "loudspeaker" INTEGER NOT NULL CHECK ("loudspeaker" IN (0, 1)),
    "cancelled" INTEGER NOT NULL CHECK ("cancelled" IN (0, 1)),
    "reason" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    CHECK (ends IS NULL OR starts < ends)
) STRICT;

CREATE TABLE "rally" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "venue_id" TEXT NOT NULL REFERENCES "venue" (id),
    "purpose" TEXT NOT NULL,
    "set_up" TEXT,
    "briefing" TEXT,
    "stalls_ready" TEXT,
    "assemble" TEXT,
    "move_off" TEXT,
    "starts" TEXT NOT NULL,
    "ends" TEXT NOT NULL,
    "dispersed" TEXT,
    "handed_back" TEXT,
    "expected" INTEGER,
    "steward_ratio" INTEGER,
    "steward_dress" TEXT NOT NULL,
    "loudspeaker" INTEGER NOT NULL CHECK ("loudspeaker" IN (0, 1)),
    "entry_checks" INTEGER NOT NULL CHECK ("entry_checks" IN (0, 1)),
    "customary" TEXT NOT NULL,
    "override" TEXT NOT NULL,
    "override_by" TEXT NOT NULL,
    "override_reason" TEXT NOT NULL,
    "issued_on" TEXT,
    "issued_by" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    CHECK (starts < ends)
) STRICT;

CREATE TABLE "rally_day" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "strike_day_id" TEXT NOT NULL REFERENCES "strike_day" (id)
) STRICT;

CREATE TABLE "team_member" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "role" TEXT NOT NULL,
    "person_id" TEXT REFERENCES "person" (id),
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "may_stop" INTEGER NOT NULL CHECK ("may_stop" IN (0, 1))
) STRICT;

CREATE TABLE "speaker" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "arrives" TEXT,
    "contact" TEXT NOT NULL,
    "access_needs" TEXT NOT NULL,
    "confirmed" INTEGER NOT NULL CHECK ("confirmed" IN (0, 1))
) STRICT;

CREATE TABLE "programme_item" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "fixed" TEXT,
    "speaker_id" TEXT REFERENCES "speaker" (id),
    "who" TEXT NOT NULL,
    "stage_note" TEXT NOT NULL,
    "cue" TEXT NOT NULL
) STRICT;

CREATE TABLE "post" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "name" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "where" TEXT NOT NULL,
    "duty" TEXT NOT NULL
) STRICT;

CREATE TABLE "permission" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "lead_days" INTEGER,
    "deadline" TEXT,
    "sent_on" TEXT,
    "sent_for" TEXT,
    "sent_route" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reference" TEXT NOT NULL,
    "conditions" TEXT NOT NULL,
    "cover" INTEGER,
    "expires_on" TEXT,
    "waiver" TEXT NOT NULL
) STRICT;

CREATE TABLE "contact" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT REFERENCES "rally" (id),
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "note" TEXT NOT NULL
) STRICT;

CREATE TABLE "kit_item" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT REFERENCES "rally" (id),
    "position" INTEGER NOT NULL,
    "what" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "brought_by" TEXT NOT NULL,
    "power" TEXT NOT NULL,
    "checked" TEXT NOT NULL
) STRICT;

CREATE TABLE "risk" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "position" INTEGER NOT NULL,
    "hazard" TEXT NOT NULL,
    "harmed" TEXT NOT NULL,
    "control" TEXT NOT NULL,
    "likelihood" INTEGER NOT NULL,
    "severity" INTEGER NOT NULL,
    "left_likelihood" INTEGER,
    "left_severity" INTEGER,
    "owner" TEXT NOT NULL
) STRICT;

CREATE TABLE "route_step" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "position" INTEGER NOT NULL,
    "instruction" TEXT NOT NULL,
    "metres" INTEGER,
    "crossing" INTEGER NOT NULL CHECK ("crossing" IN (0, 1)),
    "accessible" INTEGER NOT NULL CHECK ("accessible" IN (0, 1))
) STRICT;

CREATE TABLE "plan_note" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "rally_id" TEXT NOT NULL REFERENCES "rally" (id),
    "section" TEXT NOT NULL,
    "text" TEXT NOT NULL
) STRICT;

CREATE TABLE "site_plan" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "title" TEXT NOT NULL,
    "site_id" TEXT REFERENCES "site" (id),
    "rally_id" TEXT REFERENCES "rally" (id),
    "picture" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    CHECK ((rally_id IS NULL) <> (site_id IS NULL))
) STRICT;

CREATE TABLE "pin" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "site_plan_id" TEXT NOT NULL REFERENCES "site_plan" (id),
    "number" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "x" INTEGER NOT NULL,
    "y" INTEGER NOT NULL
) STRICT;

CREATE TABLE "partner" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "charity_number" TEXT NOT NULL,
    "contact_name" TEXT NOT NULL,
    "contact_phone" TEXT NOT NULL,
    "contact_email" TEXT NOT NULL,
    "usual_needs" TEXT NOT NULL,
    "eligibility" TEXT NOT NULL
) STRICT;

CREATE TABLE "stall" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "partner_id" TEXT NOT NULL REFERENCES "partner" (id),
    "rally_id" TEXT REFERENCES "rally" (id),
    "picket_id" TEXT REFERENCES "picket" (id),
    "state" TEXT NOT NULL,
    "if_off" TEXT NOT NULL,
    "pitch" TEXT NOT NULL,
    "width" INTEGER,
    "depth" INTEGER,
    "tables" INTEGER NOT NULL,
    "chairs" INTEGER NOT NULL,
    "furniture_from" TEXT NOT NULL,
    "power" TEXT NOT NULL,
    "shelter" TEXT NOT NULL,
    "dry_and_quiet" INTEGER NOT NULL CHECK ("dry_and_quiet" IN (0, 1)),
    "arrives" TEXT,
    "leaves" TEXT,
    "vehicle" TEXT NOT NULL,
    "on_day_contact" TEXT NOT NULL,
    "on_day_phone" TEXT NOT NULL,
    "volunteers_wanted" INTEGER NOT NULL,
    "volunteers_trained" INTEGER NOT NULL CHECK ("volunteers_trained" IN (0, 1)),
    "kits" INTEGER NOT NULL,
    "target" INTEGER NOT NULL,
    "insurance_seen" INTEGER NOT NULL CHECK ("insurance_seen" IN (0, 1)),
    "risk_assessment_seen" INTEGER NOT NULL CHECK ("risk_assessment_seen" IN (0, 1)),
    "money_collected" INTEGER NOT NULL CHECK ("money_collected" IN (0, 1)),
    "permit" TEXT NOT NULL,
    "stood_down_told_at" TEXT,
    "note" TEXT NOT NULL,
    CHECK ((rally_id IS NULL) <> (picket_id IS NULL))
) STRICT;

CREATE TABLE "tally" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "stall_id" TEXT NOT NULL REFERENCES "stall" (id),
    "at" TEXT NOT NULL,
    "count" INTEGER NOT NULL
) STRICT;

CREATE TABLE "shift" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "picket_id" TEXT REFERENCES "picket" (id),
    "post_id" TEXT REFERENCES "post" (id),
    "stall_id" TEXT REFERENCES "stall" (id),
    "starts" TEXT NOT NULL,
    "ends" TEXT NOT NULL,
    "meet_minutes" INTEGER NOT NULL,
    "label" TEXT NOT NULL,
    "priority" INTEGER NOT NULL,
    "batch" TEXT NOT NULL,
    "cancelled" INTEGER NOT NULL CHECK ("cancelled" IN (0, 1)),
    "reason" TEXT NOT NULL,
    CHECK (starts < ends),
    CHECK ((picket_id IS NOT NULL) + (post_id IS NOT NULL) + (stall_id IS NOT NULL) = 1)
) STRICT;

CREATE TABLE "need" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shift_id" TEXT NOT NULL REFERENCES "shift" (id),
    "role" TEXT NOT NULL,
    "least" INTEGER NOT NULL,
    "wished" INTEGER NOT NULL,
    "most" INTEGER NOT NULL,
    "skill" TEXT,
    CHECK (0 <= least AND least <= wished AND wished <= most)
) STRICT;

CREATE TABLE "assignment" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shift_id" TEXT NOT NULL REFERENCES "shift" (id),
    "person_id" TEXT NOT NULL REFERENCES "person" (id),
    "role" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "pinned" INTEGER NOT NULL CHECK ("pinned" IN (0, 1)),
    "origin" TEXT NOT NULL,
    "presence" TEXT NOT NULL,
    "override_by" TEXT NOT NULL,
    "override_reason" TEXT NOT NULL
) STRICT;

CREATE TABLE "attendance" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "shift_id" TEXT NOT NULL REFERENCES "shift" (id),
    "person_id" TEXT REFERENCES "person" (id),
    "walk_in" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "came" TEXT,
    "went" TEXT,
    "absent" INTEGER NOT NULL CHECK ("absent" IN (0, 1)),
    "armband" TEXT NOT NULL,
    "marked" TEXT NOT NULL
) STRICT;

CREATE TABLE "turnout_count" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "picket_id" TEXT NOT NULL REFERENCES "picket" (id),
    "at" TEXT NOT NULL,
    "pickets" INTEGER NOT NULL,
    "supporters" INTEGER NOT NULL
) STRICT;

CREATE TABLE "incident" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "picket_id" TEXT REFERENCES "picket" (id),
    "rally_id" TEXT REFERENCES "rally" (id),
    "at" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "written_by" TEXT NOT NULL,
    CHECK ((rally_id IS NULL) <> (picket_id IS NULL))
) STRICT;

CREATE TABLE "police_direction" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "picket_id" TEXT NOT NULL REFERENCES "picket" (id),
    "at" TEXT NOT NULL,
    "officer" TEXT NOT NULL,
    "direction" TEXT NOT NULL,
    "acted_on_by" TEXT NOT NULL
) STRICT;

CREATE TABLE "police_telling" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "picket_id" TEXT NOT NULL REFERENCES "picket" (id),
    "at" TEXT NOT NULL,
    "told" TEXT NOT NULL,
    "told_by" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "reference" TEXT NOT NULL
) STRICT;

CREATE TABLE "stand_down" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "decided_by" TEXT NOT NULL,
    "authority" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "reason" TEXT NOT NULL
) STRICT;

CREATE TABLE "stand_down_day" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "stand_down_id" TEXT NOT NULL REFERENCES "stand_down" (id),
    "strike_day_id" TEXT NOT NULL REFERENCES "strike_day" (id)
) STRICT;

CREATE TABLE "contact_attempt" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "stand_down_id" TEXT NOT NULL REFERENCES "stand_down" (id),
    "person_id" TEXT REFERENCES "person" (id),
    "contact_id" TEXT REFERENCES "contact" (id),
    "speaker_id" TEXT REFERENCES "speaker" (id),
    "stall_id" TEXT REFERENCES "stall" (id),
    "name" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "tried_by" TEXT NOT NULL
) STRICT;

CREATE TABLE "print_run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "document" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TEXT NOT NULL,
    "holder" TEXT NOT NULL
) STRICT;
CREATE INDEX "strike_day_by_dispute" ON "strike_day" ("dispute_id");
CREATE INDEX "strike_day_by_replaced_by" ON "strike_day" ("replaced_by_id");
CREATE INDEX "strike_day_move_by_strike_day" ON "strike_day_move" ("strike_day_id");
CREATE INDEX "notice_by_dispute" ON "notice" ("dispute_id");
CREATE INDEX "notice_by_employer" ON "notice" ("employer_id");
CREATE UNIQUE INDEX "notice_day_by_notice" ON "notice_day" ("notice_id", "strike_day_id");
CREATE INDEX "notice_day_by_strike_day" ON "notice_day" ("strike_day_id");
CREATE INDEX "site_by_employer" ON "site" ("employer_id");
CREATE INDEX "entrance_by_site" ON "entrance" ("site_id");
CREATE INDEX "person_by_workplace" ON "person" ("workplace_id");
CREATE UNIQUE INDEX "workplace_by_person" ON "workplace" ("person_id", "site_id");
CREATE INDEX "workplace_by_site" ON "workplace" ("site_id");
CREATE UNIQUE INDEX "person_skill_by_person" ON "person_skill" ("person_id", "skill");
CREATE INDEX "availability_by_person" ON "availability" ("person_id", "starts", "ends", "level");
CREATE INDEX "cover_by_person" ON "cover" ("person_id", "starts", "ends", "kind");
CREATE INDEX "preference_by_person" ON "preference" ("person_id");
CREATE INDEX "preference_by_site" ON "preference" ("site_id");
CREATE INDEX "pair_by_person" ON "pair" ("person_id");
CREATE INDEX "pair_by_other" ON "pair" ("other_id");
CREATE INDEX "picket_by_strike_day" ON "picket" ("strike_day_id", "entrance_id", "cancelled");
CREATE INDEX "picket_by_entrance" ON "picket" ("entrance_id");
CREATE INDEX "rally_by_venue" ON "rally" ("venue_id");
CREATE UNIQUE INDEX "rally_day_by_rally" ON "rally_day" ("rally_id", "strike_day_id");
CREATE INDEX "rally_day_by_strike_day" ON "rally_day" ("strike_day_id");
CREATE INDEX "team_member_by_rally" ON "team_member" ("rally_id");
CREATE INDEX "team_member_by_person" ON "team_member" ("person_id");
CREATE INDEX "speaker_by_rally" ON "speaker" ("rally_id");
CREATE INDEX "programme_item_by_rally" ON "programme_item" ("rally_id");
CREATE INDEX "programme_item_by_speaker" ON "programme_item" ("speaker_id");
CREATE INDEX "post_by_rally" ON "post" ("rally_id");
CREATE INDEX "permission_by_rally" ON "permission" ("rally_id");
CREATE INDEX "contact_by_rally" ON "contact" ("rally_id");
CREATE INDEX "kit_item_by_rally" ON "kit_item" ("rally_id");
CREATE INDEX "risk_by_rally" ON "risk" ("rally_id");
CREATE INDEX "route_step_by_rally" ON "route_step" ("rally_id");
CREATE INDEX "plan_note_by_rally" ON "plan_note" ("rally_id");
CREATE INDEX "site_plan_by_site" ON "site_plan" ("site_id");
CREATE INDEX "site_plan_by_rally" ON "site_plan" ("rally_id");
CREATE INDEX "pin_by_site_plan" ON "pin" ("site_plan_id");
CREATE INDEX "stall_by_partner" ON "stall" ("partner_id");
CREATE INDEX "stall_by_rally" ON "stall" ("rally_id");
CREATE INDEX "stall_by_picket" ON "stall" ("picket_id");
CREATE INDEX "tally_by_stall" ON "tally" ("stall_id");
CREATE INDEX "shift_by_picket" ON "shift" ("picket_id");
CREATE INDEX "shift_by_post" ON "shift" ("post_id");
CREATE INDEX "shift_by_stall" ON "shift" ("stall_id");
CREATE INDEX "need_by_shift" ON "need" ("shift_id", "role", "least", "wished", "most");
CREATE UNIQUE INDEX "assignment_by_shift" ON "assignment" ("shift_id", "person_id");
CREATE INDEX "assignment_counts" ON "assignment" ("shift_id", "state", "role");
CREATE INDEX "assignment_by_person" ON "assignment" ("person_id", "state", "shift_id");
CREATE INDEX "attendance_by_shift" ON "attendance" ("shift_id");
CREATE INDEX "attendance_by_person" ON "attendance" ("person_id");
CREATE INDEX "turnout_count_by_picket" ON "turnout_count" ("picket_id");
CREATE INDEX "incident_by_picket" ON "incident" ("picket_id");
CREATE INDEX "incident_by_rally" ON "incident" ("rally_id");
CREATE INDEX "police_direction_by_picket" ON "police_direction" ("picket_id");
CREATE INDEX "police_telling_by_picket" ON "police_telling" ("picket_id");
CREATE INDEX "stand_down_day_by_stand_down" ON "stand_down_day" ("stand_down_id");
CREATE INDEX "stand_down_day_by_strike_day" ON "stand_down_day" ("strike_day_id");
CREATE INDEX "contact_attempt_by_stand_down" ON "contact_attempt" ("stand_down_id");
CREATE INDEX "contact_attempt_by_person" ON "contact_attempt" ("person_id");
CREATE INDEX "contact_attempt_by_contact" ON "contact_attempt" ("contact_id");
CREATE INDEX "contact_attempt_by_speaker" ON "contact_attempt" ("speaker_id");
CREATE INDEX "contact_attempt_by_stall" ON "contact_attempt" ("stall_id");
CREATE INDEX "person_by_name" ON "person" ("family_name", "given_name", "id");
CREATE INDEX "shift_by_starts" ON "shift" ("starts", "ends");

-- Search by the beginnings of words. Its triggers, like the journal's, are made after every migration.
CREATE VIRTUAL TABLE "person_search" USING fts5(
    "name", "contact", content = '', tokenize = "unicode61 remove_diacritics 2", prefix = '1 2 3'
);
INSERT INTO "person_search" ("person_search", "rank") VALUES ('secure-delete', 1);
