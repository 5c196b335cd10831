"""What the Southampton rally plan says in words: speakers, running order, risks and notes, all invented."""

from __future__ import annotations

from rallyapp.domain.rallies import Section

# Name, organisation, arrives by, access needs, confirmed.
SPEAKERS = (
    ("Dr Marged Penhallow", "Junior doctors, Wessex", "11:15", "", True),
    ("Dr Babatunde Fairweather", "Emergency medicine trainees", "11:15", "", True),
    (
        "Winifred Ashgrove",
        "Patients\u2019 voice",
        "11:20",
        "Chair on the stage side, hand-held microphone",
        True,
    ),
    ("Kwesi Thornbury", "Anthony Nolan", "11:00", "", True),
    ("Siobh\u00e1n Merriweather", "Student nurses", "11:30", "", True),
    ("Dr Leopold Achterberg", "Consultants", "11:45", "", True),
    ("Dr Sunniva Rajaratnam", "GP trainees", "12:00", "", False),
    ("Barnaby Tregellas", "Trades council", "12:00", "", True),
)

# Title, minutes, who speaks (a number in SPEAKERS) or who does it, note for the stage, cue, fixed time.
PROGRAMME: tuple[tuple[str, int, int | str, str, str, str], ...] = (
    (
        "Welcome and safety words",
        5,
        "MC",
        "Read the safety card in full",
        "Square filling, chief steward\u2019s sign",
        "11:30",
    ),
    ("Why we are here", 10, 0, "", "MC introduces", ""),
    ("A shift in the emergency department", 8, 1, "", "", ""),
    ("What my doctors did for me", 8, 2, "Chair, hand-held microphone", "Access lead brings the chair", ""),
    ("Songs with the hospital choir", 9, "Choir of volunteers", "No amplification", "Choir in place", ""),
    ("How to join the stem cell register", 5, 3, "Point to the stall", "", ""),
    ("From the student nurses", 8, 4, "", "", ""),
    ("From the consultants", 8, 5, "", "", ""),
    ("Messages of support", 7, "MC", "", "", ""),
    ("From general practice", 8, 6, "If not here: open microphone", "", ""),
    ("Open microphone", 14, "MC", "Two minutes each, MC keeps time", "", ""),
    ("From the trades council", 8, 7, "", "", ""),
    ("Photograph of everybody", 7, "Media lead", "Keep the emergency lane clear", "", "13:10"),
    ("What comes next: 8 and 16 December", 8, "Branch", "", "", ""),
    ("Thanks, litter and the way home", 5, "MC", "Read the dispersal card; loudspeaker off after", "", ""),
)

# Hazard, who may be harmed, control, likelihood and severity before and after it, whose it is.
RISKS = (
    (
        "Traffic beside the square",
        "Everyone at the edge",
        "Stewards along both kerbs; MC reminds people to stay on the square.",
        (3, 5),
        (1, 5),
        "Chief steward",
    ),
    (
        "More people than the square holds",
        "Everyone, most of all at the front",
        "Count every 15 minutes; at 1,000 stop calling people in; overflow to the side away from the road.",
        (2, 4),
        (1, 4),
        "Safety lead",
    ),
    (
        "Emergency vehicle can\u2019t get through",
        "Anyone who waits for it",
        "A lane of four metres with its own steward all the time; pitches measured from it.",
        (2, 5),
        (1, 5),
        "Safety lead",
    ),
    (
        "Tripping over cables, kerbs and the stage edge",
        "Speakers, stewards, passers-by",
        "Battery loudspeaker, no cable across a walkway; tape on the stage edge.",
        (3, 3),
        (1, 3),
        "Stage and MC",
    ),
    (
        "Cold, rain or wind",
        "Everyone; banners and gazebo in wind",
        "Forecast at 07:00 and 10:00; gazebo weighted or left down; short programme if it rains hard.",
        (4, 2),
        (3, 2),
        "Event lead",
    ),
    (
        "Somebody is taken ill",
        "Anyone",
        "First-aid point with two first aiders; 999; where the nearest A&E and defibrillator are is on every brief.",
        (3, 4),
        (2, 3),
        "First-aid lead",
    ),
    (
        "Heated words or a hostile group",
        "Stewards, speakers, passers-by",
        "Stewards calm and never touch anybody; chief steward calls the police.",
        (2, 3),
        (1, 3),
        "Police liaison",
    ),
    (
        "Noise",
        "People at work around the square, people near the loudspeaker",
        "Loudspeaker towards the open side, within the agreed hours, off at 13:30.",
        (3, 2),
        (2, 2),
        "Stage and MC",
    ),
    (
        "A lost child or an adult at risk",
        "Children, adults at risk",
        "Two stewards together take them to the access point; no name over the loudspeaker.",
        (2, 4),
        (1, 4),
        "Access lead",
    ),
)

NOTES = {
    Section.SITE: "The rally stands on the open side of the square. Stage by the steps, stall on the left, first-aid "
    "point beside it.\n- Keep the Guildhall doors and the ramp free.\n- Emergency lane along the north side.",
    Section.CROWD: "Up to 500 people, mostly doctors and families, come and go between 11:15 and 13:30.\n"
    "\nTrigger levels:\n- 400: all road-edge stewards in place.\n- 700: a second call to the police.\n"
    "- 1,000: stop calling people in.",
    Section.STEWARDING: "One steward for each 100 people expected, so five, and one more at the access point: a "
    "planning figure, not law. Briefing at 10:45 beside the stage. All stewards are 18 or over. Stewards do not "
    "search, eject or guard anybody.",
    Section.POWER_AND_NOISE: "Battery loudspeaker only. Sound check at 10:30, off at 13:30. Never before 08:00 or "
    "after 21:00.",
    Section.ACCESS: "- Level area with 12 chairs near the ramp, in view of the stage and of the BSL steward.\n"
    "- Quiet corner behind the stall.\n- Accessible parking and toilets: to be confirmed with the council.",
    Section.FIRST_AID: "Two first aiders at their point from 11:00 to 13:45. Nearest A&E: Southampton General "
    "Hospital. Nearest defibrillator: to be confirmed before the day.",
    Section.SAFEGUARDING: "Found children and adults at risk stay with two stewards at the access point. Tell the "
    "event lead at once; after ten minutes tell the police. Lost property goes to the stall.",
    Section.COMMUNICATIONS: "Radio channel 3, telephone as second way. Call signs are the posts\u2019 names. Only the "
    "media lead speaks to the press; stewards pass reporters on.",
    Section.TRANSPORT: "The loudspeaker van unloads from 10:00 to 10:40 and leaves the square. Ask people to come by "
    "bus, train, bicycle or on foot: from the General it is about an hour\u2019s walk.",
    Section.EMERGENCY: "- Medical: nearest steward calls the first-aid point, then 999.\n- Fire or suspicious item: "
    "stop the programme, move people away, 999.\n- Show-stop: the code words on the steward card; MC reads the "
    "stop card.\n- Rendezvous point: corner of the square by the emergency lane.",
    Section.STAND_DOWN: "The event lead decides after the union\u2019s word, at the latest by 08:00 on the day. Order "
    "of telling: supervisors and pickets, event team, stewards, speakers and hire, stall, police, council. Two people "
    "stay on the square until 12:00 to tell those who come all the same.",
    Section.WASTE: "Everybody takes a bag. Last look round at 14:15 with photographs, square handed back at 14:30.",
    Section.DATA: "Lists show who is in a trade union. No photographs of lists, none left behind, shredded after the "
    "day. The stall\u2019s forms are the charity\u2019s: the branch never sees them.",
}
