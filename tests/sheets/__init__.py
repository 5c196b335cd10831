"""Plans as JSON, out and in."""
