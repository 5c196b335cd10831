"""The few questions that need a window of their own; all are opened, none is executed."""
