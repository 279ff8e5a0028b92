"""The protected phase is led by a clinician: without clearance it is a referral."""

from __future__ import annotations

import datetime as dt
from typing import Final

from legengine.domain.findings import Referral, ScreeningFinding
from legengine.errors import ReferralError
from legengine.intake.case import Case
from legengine.intake.screen import ScreeningResult

RULE: Final = "protected_phase"


def refuse_unprotected(case: Case, screened: ScreeningResult, today: dt.date) -> None:
    """Refer a person who would start protected and wasn't cleared.

    Raises:
        ReferralError: the first phase is protected, and the profile names no clearance.
    """
    protected = any(plan.phase.stage == "protected" for plan in case.plans)
    if not protected or case.profile.clearance is not None:
        return
    why = case.placed.reasons[0]
    finding = ScreeningFinding(
        rule=RULE,
        severity="clearance_required",
        noticed=f"You would start in the protected phase. {why.text}",
        why="In this phase a clinician says what the leg may do.",
        action="See a doctor or physiotherapist, and note the clearance in the profile.",
        sources=why.sources,
    )
    findings = (finding, *screened.findings)
    raise ReferralError(Referral("clearance_required", findings, today.isoformat()))
