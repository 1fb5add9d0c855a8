"""Autopay: how much to pull from whom, what to leave, and why."""
