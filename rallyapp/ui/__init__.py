"""The window: a thin Qt skin that asks again when told that something changed.

- ``theme``: every colour, size and font of the window, light and dark, in one table.
- ``bridge``: the one signal ``changed``; pages listen to it, and to nothing else, for what to show anew.
- ``picture``: the whole plan in memory for checks and the rota builder, kept up from the journal.
- ``tasks``: what takes time: off the main thread, told how far, cancelled, never started twice.
- ``messages``: the one strip that says what happened, with an action such as Undo.
- ``settings``: what a shared laptop may keep: the window's place, zoom and light or dark. Nothing of a plan.
- ``main_window``: menus, shortcuts and the pages; opening, filling, printing.
- ``page``, ``pages``, ``models``, ``dialogs``, ``widgets``: what the window is made of.

Words that come from a plan are shown as plain text everywhere. Nothing here waits: no ``exec()``, no
``processEvents()``, and nothing of a plan is read or written but through its ``Store``.
"""
