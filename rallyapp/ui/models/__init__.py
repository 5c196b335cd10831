"""Records as Qt models: they are shown records and tell the views what is new in them."""
