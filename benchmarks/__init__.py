"""Runs that are too long for the tests; their results stand in docs/reliability.md."""
