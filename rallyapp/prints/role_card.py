"""The role card: what the picket supervisor (or organiser) does, by the law of the day and on the spot."""

from __future__ import annotations

from rallyapp.prints.blocks import Block, Bullets, Heading, Words
from rallyapp.prints.pack_source import Source


def blocks(source: Source) -> tuple[Block, ...]:
    """Write the card: what the law and the Code say of the person in charge, and what to do when."""
    law = source.say("L6", "L7", "L8", "L9", "L10", "L11a", "L14", "L15", "L36")
    most = source.most
    return (
        Words(text=f"You are the {source.leader} at {source.entrance.name}. Pickets, police and press come to you."),
        *((Heading(text="What the law and the Code say of you"), Bullets(items=law)) if law else ()),
        Heading(text="Before the first shift"),
        Bullets(
            items=(
                "Have this pack, the signed letter and the kit with you; wear your armband or tabard.",
                "Look at where to stand, what to keep clear and where the public highway ends.",
                "Say good morning to the police if they are there; tell them that you are the person to speak to.",
            ),
            numbered=True,
        ),
        Heading(text="While the picket stands"),
        Bullets(
            items=(
                "Sign everybody in and out; give out armbands to the official pickets only.",
                f"Count every half-hour: official pickets (no more than {most} at this entrance) and supporters apart.",
                "Keep a way through for whoever wants to cross, and doors, roads and ambulances clear.",
                "Write down each direction of the police, with the time and the officer, and what was done.",
                "Nobody else speaks for the picket: press and management are sent to you or to the duty phone.",
                "If something happens, write it on an incident sheet at once; ring the duty phone.",
            ),
            numbered=True,
        ),
        Heading(text="When you hand over"),
        Bullets(
            items=(
                "Count armbands and kit together, and tell what the police have said.",
                "Hand over this pack and the letter; both write initials and the time on the rota.",
                "After the last shift: the report is filled in, and all sheets go back to the organiser the same day.",
            ),
            numbered=True,
        ),
    )
