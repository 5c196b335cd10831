"""What goes on paper: one module per document; a plan in, plain values in the middle, PDF bytes out.

``audience`` says who a sheet is for and what may stand on it, in one table for all documents; ``wording``
turns times, dates and numbers into the words of the house; ``blocks`` are the parts a long document is made
of (text, lists, tables, cards, figures, pictures); ``typeset`` turns plain values and a layout of
``resources/prints`` into PDF or PNG. The documents: ``rota`` (the picket rota, a sheet for each picket) and
``rally_plan`` (the whole plan of a rally, sections 0 to 22: ``rally_before``, ``rally_staffing`` and
``rally_safety`` write them from a ``rally_source``).

A document is made by a pure function of a plan (``rota_sheets``, ``rally_plan``), holds plain values only,
and is drawn by its module's ``pdf``. The same document always gives the same bytes. A new document is one
module here, one layout there that imports ``house.typ``, and its rows in the table of ``audience``.

Data reaches a layout as JSON and is shown as text, never pasted into markup: a name can't become code.
"""
