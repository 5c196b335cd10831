"""What goes in and out of a plan as files of other kinds.

``plan_json`` is the whole plan as documented JSON; spreadsheets and calendars come beside it.
"""
