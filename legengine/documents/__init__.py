"""Files that people write (YAML, JSON, TOML) as plain data that knows its lines and columns."""
