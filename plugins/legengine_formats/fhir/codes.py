"""The codes that a bundle uses, each from its value set in FHIR R4 or the HL7 guide.

Readers take any word for a code, so the words are types here. The guide is "Physical Activity",
US, STU 1: https://hl7.org/fhir/us/physical-activity/
"""

from __future__ import annotations

from typing import Any, Final, Literal

BundleType = Literal["collection"]
PlanStatus = Literal["draft"]
"""CarePlan and ServiceRequest: a clinician makes them active."""
PlanIntent = Literal["plan"]
GoalStatus = Literal["proposed"]
SentStatus = Literal["preparation"]
Priority = Literal["routine", "urgent", "asap", "stat"]
Gender = Literal["female", "male"]

BUNDLE: Final[BundleType] = "collection"
DRAFT: Final[PlanStatus] = "draft"
PLAN: Final[PlanIntent] = "plan"
PROPOSED: Final[GoalStatus] = "proposed"
PREPARATION: Final[SentStatus] = "preparation"

SNOMED: Final = "http://snomed.info/sct"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
EXERCISES: Final = "urn:legengine:exercise"
"""The ids of exercises of whatever library the program was made with."""
PERTAINS_TO_GOAL: Final = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal"


def concept(system: str, code: str, display: str, text: str = "") -> dict[str, Any]:
    """A CodeableConcept of one coding."""
    made: dict[str, Any] = {"coding": [{"system": system, "code": code, "display": display}]}
    return made | ({"text": text} if text else {})


PHYSICAL_ACTIVITY: Final = concept(
    "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes",
    "PhysicalActivity",
    "Physical Activity",
)
PHYSICAL_THERAPY: Final = concept(SNOMED, "91251008", "Physical therapy procedure")
EXERCISE_THERAPY: Final = concept(SNOMED, "229065009", "Exercise therapy")
MINUTES_A_WEEK: Final = concept(
    LOINC, "82290-8", "Frequency of moderate to vigorous aerobic physical activity"
)
STRENGTH_DAYS_A_WEEK: Final = concept(
    LOINC, "82291-6", "Frequency of muscle-strengthening physical activity"
)
