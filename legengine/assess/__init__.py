"""Functional tests: how they are done, what their results mean, what counts as a change."""
