"""Benchmarks: each compares side by side in one run and prints ratios and medians; never part of the suite."""
