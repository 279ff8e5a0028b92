"""A program as a bundle for a clinic's record."""
