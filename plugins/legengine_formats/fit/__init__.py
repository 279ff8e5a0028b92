"""A program as workouts for a Garmin watch."""
