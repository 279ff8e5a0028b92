"""The bundled output formats: for a terminal, as Markdown, as JSON."""
