"""Profiles for the tests of tests."""

from __future__ import annotations

from typing import Any

from legengine.domain.profile import Profile


def person(age: int = 45, sex: str = "male", **changes: Any) -> Profile:
    """A screened person with tests and whatever else is given."""
    data: dict[str, Any] = {
        "person": {"age": age, "sex": sex},
        "cause": "disuse",
        "screening": {"red_flags": "none", "parq_page1": "all_no"},
        "places": {"home": {"equipment": ["mat", "chair", "wall", "counter"]}},
        "availability": [{"days": ["mon", "wed", "fri"], "start": "18:00", "minutes": 40}],
        "start": "2026-11-30",
        "weeks": 4,
    }
    body = changes.pop("person", {})
    return Profile.model_validate({**data, **changes, "person": {**data["person"], **body}})
