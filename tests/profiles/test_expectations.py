"""What a physiotherapist expects beside the schedule: status, phases, doses over weeks, repairs."""

from __future__ import annotations

import itertools

import pytest

from legengine import Explanation, NoScheduleError, Program
from legengine.domain.protocol import Protocol
from legengine.hooks.registry import Registry

from .test_profiles import START, STRENGTHENING, TODAY, engine, items, profile, program

PROTOCOL: Protocol = Registry.create().sound_protocol("leg-restoration")


def said(made: Program) -> str:
    return " ".join(line.text for block in made.guidance for line in block.lines)


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("t01", "plan"),
        ("t03", "plan_restricted"),
        ("t05", "plan_restricted"),
        ("t07", "emergency"),
        ("t09", "plan"),
    ],
)
def test_the_status_of_the_screening(name: str, status: str) -> None:
    assert engine().screen(profile(name), today=TODAY).severity == status


class TestT01:
    def test_three_sessions_and_four_days_of_rest(self) -> None:
        made = program("t01")
        assert made.phases[0].stage == "foundation"
        for week in made.phases[0].weeks:
            assert len(week.sessions) == 3
            assert all(session.kind == "training" for session in week.sessions)
            dates = {session.start.date() for session in week.sessions}
            assert 7 - len(dates) >= 4

    def test_at_70_older_rows_balance_tests_and_longer_stretches(self) -> None:
        base = profile("t01")
        older = base.model_copy(update={"person": base.person.model_copy(update={"age": 70})})
        made = engine().generate(older, today=TODAY, start=START)
        assert "7-8 hours" in said(made)
        missing = {test.test for test in made.assessments.missing}
        assert missing >= {"chair_stand_30s", "timed_up_and_go_s"}
        held = [item.hold_s or 0 for item in items(made) if item.block == "cool_down"]
        assert held
        assert all(30 <= seconds <= 60 for seconds in held)


class TestT03:
    def test_levels_and_stages_of_the_ankle(self) -> None:
        case = engine().pipeline.open(profile("t03"), today=TODAY, start=START).case
        assert case.plans[0].phase.id == "introduction"
        assert case.placed.patterns["plantarflexion"] == 2
        assert case.placed.patterns["balance"] == 2
        assert case.placed.stages == {"plantarflexion": "foundation", "balance": "foundation"}

    def test_effort_of_the_introduction_and_of_the_block(self) -> None:
        made = program("t03")
        for phase, low, high in ((0, 3, 4), (1, 1, 3)):
            for week in made.phases[phase].weeks:
                for session in week.sessions:
                    for item in session.prescriptions:
                        if item.block in STRENGTHENING and item.rir and week.kind == "build":
                            assert low <= item.rir[0] <= item.rir[1] <= high

    def test_volume_of_the_large_groups(self) -> None:
        for phase in program("t03").phases:
            for week in phase.weeks:
                for row in week.volume:
                    assert row.sets <= 18
                    if phase.id == "hypertrophy" and week.kind == "build":
                        least = 6 if row.group in ("quadriceps", "hamstrings", "glutes") else 0
                        assert row.sets >= least


class TestT05:
    def test_it_starts_with_the_foundation_or_the_introduction(self) -> None:
        assert program("t05").phases[0].id in ("foundation", "introduction")

    def test_quadriceps_are_trained_all_the_same(self) -> None:
        for phase in program("t05").phases:
            for week in phase.weeks:
                sets = {row.group: row.sets for row in week.volume}
                assert week.kind == "deload" or sets["quadriceps"] >= 4

    def test_the_extension_prints_its_range(self) -> None:
        """Wished for, it comes; the range is printed wherever it does."""
        base = profile("t05")
        tests = base.assessments.model_copy(update={"foundation_exit": "pass"})
        wishes = base.wishes.model_copy(update={"prefer": ("leg_extension",)})
        update = {"assessments": tests, "wishes": wishes, "weeks": 2}
        made = engine().generate(base.model_copy(update=update), today=TODAY, start=START)
        notes = {item.range_note for item in items(made) if item.exercise == "leg_extension"}
        assert notes
        assert all("90" in note and "45" in note for note in notes)

    def test_the_pain_rules_are_printed(self) -> None:
        text = said(program("t05"))
        assert "Green, 0-3" in text
        assert "Amber, 4-5" in text
        assert "24 hours" in text
        notes = " ".join(program("t05").phases[0].notes)
        assert "10 degrees a week, only while pain stays at 2 of 10 or less" in notes

    def test_the_cap_may_rise_from_the_fourth_week_on(self) -> None:
        notes = {
            week.number: {
                item.range_note
                for session in week.sessions
                for item in session.prescriptions
                if "60 degrees" in item.range_note
            }
            for phase in program("t05").phases
            for week in phase.weeks
        }
        assert all("up to" not in note for week in (1, 2, 3) for note in notes[week])
        assert all("up to 70" in note for note in notes[4])
        assert all("up to 80" in note for note in notes[5])


@pytest.fixture(scope="module")
def told() -> Explanation:
    return engine().explain(profile("t09"), today=TODAY, start=START)


class TestT09:
    def test_arithmetic_finds_it_before_any_model(self) -> None:
        with pytest.raises(NoScheduleError) as caught:
            engine().generate(profile("t09"), today=TODAY, start=START)
        assert "at most one session fits a week" in str(caught.value)

    def test_time_and_equipment_are_not_blamed(self, told: Explanation) -> None:
        assert told.conflict is not None
        rules = {member.label.rule for member in told.conflict.members}
        assert rules.isdisjoint({"time", "equipment"})

    def test_every_weekday_and_fewer_sessions_repair_it(self, told: Explanation) -> None:
        texts = " ".join(each.sentence for each in told.relaxations)
        assert "at least 1 session a week instead of 2" in texts
        assert "allow Monday" in texts

    @pytest.mark.parametrize("day", ["tuesday", "wednesday", "thursday"])
    def test_from_tuesday_to_thursday_the_longer_rest_is_reached(self, day: str) -> None:
        base = profile("t09", weeks=2)
        slot = base.availability[0]
        more = slot.model_copy(update={"days": (*slot.days, day)})
        made = engine().generate(
            base.model_copy(update={"availability": (more,)}), today=TODAY, start=START
        )
        starts = [
            session.start
            for phase in made.phases
            for week in phase.weeks
            for session in week.sessions
            if session.kind == "training"
        ]
        gaps = [(b - a).total_seconds() / 3600 for a, b in itertools.pairwise(starts)]
        assert min(gaps) >= 72
