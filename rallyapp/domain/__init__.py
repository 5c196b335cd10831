"""The nouns and rules of a strike plan: standard library only, no SQL, no Qt, no files.

``ids`` and ``times`` are what everything else stands on; ``problems`` is how anything wrong is said;
``disputes``, ``places``, ``people``, ``pickets``, ``rallies``, ``stalls`` and ``tells`` hold the records;
``records`` lists them and turns them into plain values and back; ``plan`` holds many of them together;
``stand_down`` says what is on and what is stood down, and who must be told in which order; ``eligibility``
is the one answer to "may this person do this shift?"; ``law`` reads the dated rules; ``running_order`` adds
up a rally's programme; ``checks`` finds what is wrong or risky in a whole plan.
"""
