"""Who is on one shift, of a picket, a post or a stall alike: who is there, who could come, and what speaks against it.

- ``shift_facts``: what there is to say of a shift, read from the part of the plan around it.
- ``staff``, ``suggestions``, ``override``: the list of who is on it, and whom to put on, by name where need be.
- ``people_list``, ``lines``, ``line_paint``: the list of people that these show.
- ``writes``: one step on the rota as one edit.
"""
