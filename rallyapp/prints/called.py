"""What workplaces, charities and other bodies are called on paper."""

from __future__ import annotations

from rallyapp.prints.job import Job
from rallyapp.prints.numbers import without_phones
from rallyapp.prints.wording import flat


def called(job: Job, name: str) -> str:
    """Give the name of a body, a place or a speaker on one line, without the numbers that this copy may not show.

    A hospital or a charity may be called like a member, and a name that is hidden there would tell so: it stays.
    """
    return flat(name if job.allowed.phones else without_phones(name, but=job.duty_phone))
