"""Data only: the words and records that every other part of legengine speaks in."""
