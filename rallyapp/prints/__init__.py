"""What goes on paper: one module per document; a plan in, plain values in the middle, PDF bytes out.

A *document* is a kind of paper, a *piece* is a copy's worth of it about one thing (one picket's rota, one rally's
plan), with its own code, version and page numbers; a file holds one or more pieces. On the way to a file:

``audience``   who a copy is for and what may stand on it, in one table for all documents
``documents``  the catalogue: what a document is about, on which paper it comes, who writes and who draws it
``job``        one piece to write: the plan, names and numbers as this copy may show them, its rows
``press``      the pieces of a file: written, drawn as PDF, told from what was printed last time
``noting``     the records of a print; ``everything``: the files that a strike day needs

A document is a module whose ``write`` turns a job into a dataclass of plain values. Most are a ``sheet`` made of
``blocks`` (text, lists, tables, forms, pictures) and drawn by one layout; the others have a layout of their own in
``resources/prints``, which imports ``house.typ``. ``wording`` turns times, dates and numbers into the words of
the house, ``typeset`` turns values and a layout into PDF or PNG, the same values always into the same bytes.

Data reaches a layout as JSON and is shown as text, never pasted into markup: a name can't become code.
"""
