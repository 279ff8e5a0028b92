"""The format of the bundle."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from legengine.hooks import RenderOptions
from legengine_formats.zones import Zone

if TYPE_CHECKING:
    from legengine.domain.findings import Referral
    from legengine.domain.program import Program


class FhirOptions(BaseModel):
    """How the bundle is written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(
        default="",
        max_length=200,
        description="names the plan in the ids of its resources, which stay the same when it is "
        "made again; give it where two people's plans go into one record; left out, title and "
        "first day of the plan",
    )
    patient: str = Field(
        default="",
        pattern=r"^([A-Z][A-Za-z]*/[A-Za-z0-9\-.]{1,64}|urn:uuid:[0-9a-f-]{36})?$",
        description="the patient in the record, such as Patient/123; left out, the bundle brings "
        "one that holds nothing but the sex",
    )
    timezone: Zone = Field(
        default=None,
        description="time zone of the sessions, such as Europe/Berlin; left out, sessions have a "
        "date, and their time stands in the text alone",
    )


@dataclass(frozen=True, slots=True)
class FhirFormat:
    """A collection of drafts by FHIR R4, in shapes of the HL7 Physical Activity guide.

    A clinician has to make them active. Sets, repetitions and loads have no codes there: they are
    text, an order detail an exercise.
    """

    name: str = "fhir"
    summary: str = "a FHIR R4 bundle with a care plan, for a clinic's record"
    suffixes: tuple[str, ...] = (".fhir.json",)
    options: type[FhirOptions] = FhirOptions
    examples: tuple[dict[str, Any], ...] = (
        {"patient": "Patient/123", "timezone": "Europe/Berlin", "id": "anna"},
    )

    def program(self, program: Program, options: RenderOptions) -> str:
        """Patient, goals, care plan and a service request a session; or those of a week.

        Raises:
            InputError: the week isn't there.
        """
        from legengine_formats.clean import cleaned
        from legengine_formats.fhir.plan import program_bundle

        return _text(program_bundle(cleaned(program), options.of(self), options.week))

    def referral(self, referral: Referral, options: RenderOptions) -> str:
        """A communication that is prepared and not sent: what to do, what was noticed, and why."""
        from legengine_formats.fhir.referral import referral_bundle

        return _text(referral_bundle(referral, options.of(self)))


def _text(bundle: dict[str, Any]) -> str:
    return json.dumps(bundle, ensure_ascii=False, indent=2) + "\n"
