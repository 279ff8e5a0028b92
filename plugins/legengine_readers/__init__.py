"""Readers of exercise libraries and protocols that are files and no plugins."""
