"""The plan file, tested on real files: its shape, its journal, and that no kill, fault or neighbour breaks it."""
