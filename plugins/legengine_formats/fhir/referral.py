"""What screening found, as a communication that waits to be sent."""

from __future__ import annotations

import datetime as dt
from typing import Final

from legengine.domain.findings import SEVERITIES, Referral, Severity
from legengine.language import tr
from legengine_formats import wording
from legengine_formats.clean import clean_text
from legengine_formats.fhir.bundle import Resource, bundle, reference, resource
from legengine_formats.fhir.codes import PREPARATION, Priority
from legengine_formats.fhir.format import FhirOptions
from legengine_formats.identity import identity
from legengine_formats.referral import referral_document

PRIORITIES: Final[dict[Severity, Priority]] = {
    "emergency": "stat",
    "urgent": "asap",
    "refer": "urgent",
    "clearance_required": "routine",
    "defer": "routine",
    "plan_restricted": "routine",
    "plan": "routine",
}


def referral_bundle(referral: Referral, options: FhirOptions) -> Resource:
    """The bundle of a referral: a patient and one communication; no exercise."""
    day = dt.date.fromisoformat(clean_text(referral.screened_on))
    plan = options.id.strip() or f"referral {day.isoformat()} {referral.severity}"
    patient = resource("Patient", identity(plan, "Patient"))
    findings = sorted(referral.findings, key=lambda item: SEVERITIES.index(item.severity))
    told = [referral_document(referral).title]
    for item in findings:
        texts = (item.noticed, item.why, item.action)
        said_texts = (wording.told(clean_text(text)) for text in texts)
        told.append(" ".join(text for text in said_texts if text))
    communication = resource(
        "Communication",
        identity(plan, "Communication"),
        status=PREPARATION,
        category=[{"text": tr("Screening before exercise")}],
        priority=PRIORITIES[referral.severity],
        subject=reference(options.patient or patient),
        payload=[{"contentString": text} for text in told],
    )
    brought = [] if options.patient else [patient]
    return bundle(identity(plan, "Bundle"), day, [*brought, communication])
