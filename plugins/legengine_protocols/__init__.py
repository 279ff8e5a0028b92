"""The built-in protocol: restoring leg strength, phase by phase."""
