"""The falls-prevention and the gym protocol: the rows of the evidence, and whole as data."""

from __future__ import annotations

import pytest

from legengine.domain.exercise import Condition
from legengine.domain.protocol import Phase, Protocol
from legengine.hooks.library import protocol_faults
from legengine_progressions.plugin import legengine_progressions
from legengine_protocols.plugin import legengine_protocols, load
from tests.plugins.test_protocols import (
    EVIDENCE,
    EXERCISES,
    LIBRARY,
    cited_as_in_the_evidence,
    evidence_doses,
    general,
    is_open,
    matches,
    records,
    survives,
)

FALLS, GYM = load("falls-prevention-home"), load("gym-strength-block")
BOTH = (FALLS, GYM)
EVERY_PHASE = [(protocol, phase) for protocol in BOTH for phase in protocol.phases]

each_protocol = pytest.mark.parametrize("protocol", BOTH, ids=lambda protocol: protocol.id)
each_phase = pytest.mark.parametrize(("protocol", "phase"), EVERY_PHASE, ids=lambda value: value.id)
from_evidence = pytest.mark.skipif(
    not EVIDENCE.exists(), reason="the design documents are not here"
)


# --- the files -----------------------------------------------------------------------------


def test_the_plugin_hands_over_all_three() -> None:
    handed = {plugin.name: plugin for plugin in legengine_protocols()}
    assert list(handed) == ["falls-prevention-home", "gym-strength-block", "leg-restoration"]
    for name, plugin in handed.items():
        assert plugin.summary
        assert plugin.load().id == name


@each_protocol
def test_everything_that_is_named_exists(protocol: Protocol) -> None:
    policies = [policy.name for policy in legengine_progressions()]
    assert protocol_faults(protocol, LIBRARY, policies) == ()
    assert protocol.suits is not None
    assert protocol.suits.instead in {plugin.name for plugin in legengine_protocols()}


@each_protocol
def test_sources_are_cited_and_used(protocol: Protocol) -> None:
    used = {
        key
        for record in records(protocol)
        if record is not protocol
        for key in getattr(record, "sources", ())
    }
    assert used == set(protocol.sources)
    assert all(protocol.sources.values())


@from_evidence
@each_protocol
def test_citations_are_those_of_the_evidence(protocol: Protocol) -> None:
    cited_as_in_the_evidence(protocol)


@each_protocol
def test_every_range_is_in_order(protocol: Protocol) -> None:
    for record in records(protocol):
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, tuple) and len(value) == 2 and isinstance(value[0], int):
                assert 0 <= value[0] <= value[1], (name, record)


@each_phase
def test_the_last_row_is_for_everybody(protocol: Protocol, phase: Phase) -> None:
    for rows in (phase.doses, phase.volume, phase.frequency, phase.rest, phase.endurance):
        assert not rows[-1].when.model_fields_set, phase.id
        assert all(row.when.model_fields_set for row in rows[:-1])
    assert set(phase.policy) == {"novice", "intermediate", "advanced"}
    weeks = phase.weeks
    assert weeks.least <= weeks.default <= weeks.most


# --- the rows of the evidence --------------------------------------------------------------


@from_evidence
@pytest.mark.parametrize("phase", FALLS.phases, ids=lambda phase: phase.id)
def test_the_home_protocol_has_the_row_of_otago(phase: Phase) -> None:
    row = evidence_doses()["HOME_OTAGO"]
    roles = general(phase.doses).roles
    for role in ("compound", "isolation"):
        dose = roles[role]  # type: ignore[index]
        assert list(dose.sets) == row["sets"]
        assert list(dose.reps or ()) == row["reps"]
        assert list(dose.rest_s) == row["rest_s"]
        assert dose.rir is not None
        assert dose.rir[0] == 3  # "2 sets x 10 with RIR>=3" earns the next cuff
    (frequency,) = phase.frequency
    assert list(frequency.sessions) == row["freq"]
    assert frequency.session_gap_hours == phase.rest[0].hours == 24 * row["gap_days"]
    walk = row["walk"]["min"] * row["walk"]["per_week"]
    (endurance,) = phase.endurance
    walks = phase.id != "holding_on"  # "no brisk-walk programme until balance work established"
    assert endurance.week_minutes[1] == (walk if walks else 0)  # a ramp leads up to it
    assert ("endurance" in roles) == walks
    balance = evidence_doses()["P1_balance"]
    for field in ("sets", "hold_s", "rest_s"):
        assert list(getattr(roles["balance"], field)) == balance[field]


@from_evidence
def test_the_suits_of_the_home_protocol_are_those_of_otago() -> None:
    assert evidence_doses()["HOME_OTAGO"]["when"] == "age>=80 or (age>=65 and falls_12mo>=1)"
    assert FALLS.suits is not None
    asked = [(when.age_min, when.falls_min) for when in FALLS.suits.anyone]
    assert asked == [(80, None), (65, 1)]


@pytest.mark.parametrize("phase", FALLS.phases, ids=lambda phase: phase.id)
def test_balance_is_a_rule_of_every_session(phase: Phase) -> None:
    row = next(row for row in phase.coverage if row.id == "balance")
    assert (row.per, row.patterns, row.at_least, row.required) == ("session", ("balance",), 1, True)
    assert set(phase.policy.values()) == {"ankle_weight_otago"}
    assert phase.external_load


@from_evidence
@pytest.mark.parametrize(
    ("phase", "row"), [("accumulation", "P2_hypertrophy"), ("strength", "P2_strength")]
)
def test_the_gym_protocol_has_the_rows_of_the_evidence(phase: str, row: str) -> None:
    expected = evidence_doses()[row]
    dose = general(next(p for p in GYM.phases if p.id == phase).doses).roles["compound"]
    assert list(dose.sets) == expected["sets"]
    assert list(dose.reps or ()) == expected["reps"]
    assert list(dose.rir or ()) == expected["rir"]
    assert list(dose.percent_1rm or ()) == expected["pct_1rm"]
    assert list(dose.rest_s) == expected["rest_s"]


@from_evidence
def test_the_heaviest_phase_is_what_the_evidence_prefers() -> None:
    expected = evidence_doses()["P2_strength"]
    dose = general(next(p for p in GYM.phases if p.id == "intensification").doses).roles["compound"]
    assert list(dose.reps or ()) == expected["prefer"]["reps"]
    assert list(dose.percent_1rm or ()) == expected["prefer"]["pct_1rm"]
    assert list(dose.rest_s) == expected["rest_s"]


@from_evidence
@pytest.mark.parametrize("phase", GYM.phases, ids=lambda phase: phase.id)
def test_the_gym_protocol_rests_and_lightens_as_the_evidence_says(phase: Phase) -> None:
    row = evidence_doses()["P2_strength"]
    for frequency in phase.frequency:
        assert list(frequency.sessions) == row["freq"]
    for rest in phase.rest:
        assert rest.hours == rest.floor_hours == row["gap_h"]
        assert rest.wish_hours == row["gap_h_soft"]
    least, most = evidence_doses()["DELOAD"]["every_weeks"]
    assert GYM.deload is not None
    assert least <= GYM.deload.every_weeks <= most
    older = next(table for table in phase.doses if table.when.age_min == 65).roles["compound"]
    expected = evidence_doses()["OLDER_65"]
    assert list(older.reps or ()) == expected["reps"]
    assert list(older.rest_s) == expected["rest_s"]


# --- they can be fulfilled -----------------------------------------------------------------


@each_phase
def test_every_open_exercise_has_a_dose_row(protocol: Protocol, phase: Phase) -> None:
    from legengine.intake.doses import role_of

    for exercise in EXERCISES.values():
        if not is_open(exercise, phase) or exercise.block in ("power", "endurance"):
            continue  # jumps belong to a power phase, walks wait for balance
        for table in phase.doses:
            row = table.roles.get(role_of(exercise))
            assert row is not None, exercise.id
            needed = {
                "repetitions": row.reps, "hold": row.hold_s, "distance": row.metres,
                "duration": row.minutes,
            }[exercise.dose_kind]  # fmt: skip
            assert needed is not None, (exercise.id, role_of(exercise))


@each_phase
def test_coverage_rows_are_unique_and_match_an_exercise(protocol: Protocol, phase: Phase) -> None:
    names = [row.id for row in phase.coverage]
    assert len(names) == len(set(names))
    for row in phase.coverage:
        if row.id == "endurance_most":
            continue
        assert any(matches(row, e) for e in EXERCISES.values() if is_open(e, phase)), row.id


@pytest.mark.parametrize("condition", LIBRARY.conditions, ids=lambda condition: condition.id)
@pytest.mark.parametrize("phase", FALLS.phases, ids=lambda phase: phase.id)
def test_no_condition_closes_a_required_row_at_home(phase: Phase, condition: Condition) -> None:
    """At level 1, but for people whom the protocol refuses."""
    assert FALLS.suits is not None
    if any(condition.id in when.conditions for when in FALLS.suits.never):
        return
    guarded = {name for gate in LIBRARY.gates for name in gate.opens}
    for row in phase.coverage:
        if row.required and row.at_least:
            assert any(
                matches(row, exercise)
                and is_open(exercise, phase)
                and exercise.level <= 1
                and exercise.id not in guarded
                and survives(exercise, condition)
                for exercise in EXERCISES.values()
            ), row.id
