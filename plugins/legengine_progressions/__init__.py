"""Progression policies: how a dose moves from week to week, and what to lift in each session."""
