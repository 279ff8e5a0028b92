"""The model half of the built-in objectives; ``docs/rules.md`` says what each counts."""
