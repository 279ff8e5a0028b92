"""What isn't answered is never taken for no."""

from __future__ import annotations

import pytest
from legengine.testing import TODAY, sample_profile

from legengine_example.screening import ExampleScreening


@pytest.mark.parametrize(
    ("answer", "noticed"),
    [
        ({}, "it isn't known whether somebody is in reach"),
        ({"alone": True}, "you train alone"),
        ({"alone": False}, None),
    ],
)
def test_who_trains_alone_is_told(answer: dict[str, bool], noticed: str | None) -> None:
    profile = sample_profile()
    answers = profile.screening.model_copy(update={"rules": {"example_alone": answer}})
    person = profile.model_copy(update={"screening": answers})
    finding = ExampleScreening().screen(person, TODAY)
    assert (finding.noticed if finding else None) == noticed
