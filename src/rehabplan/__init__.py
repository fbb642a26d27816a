"""Tracks the targets of annual rehabilitation plans, from plan file and report to exact verdicts."""

__version__ = "0.1.0"
