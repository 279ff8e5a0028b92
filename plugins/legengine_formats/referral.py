"""What screening found as a document: how urgent, what was noticed, what to do, what was answered.

No exercise and no target is in it, whatever the outcome.
"""

from __future__ import annotations

from typing import Final

from legengine.domain.findings import REFUSALS, SEVERITIES, Referral, ScreeningFinding, Severity
from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Paragraph, Section
from legengine_formats.clean import clean_text
from legengine_formats.wording import keys_text, sentence, spoken

HEADLINES: Final[dict[Severity, tuple[str, str]]] = {
    "emergency": (
        "EMERGENCY: get help now",
        "Call the emergency number (112, 911, 999 or your local number). Don't drive yourself.",
    ),
    "urgent": ("Urgent: speak to a doctor today", "Don't put it off until tomorrow."),
    "refer": (
        "See a doctor or physiotherapist first",
        "Something has to be looked at before anything else makes sense.",
    ),
    "clearance_required": (
        "A professional has to agree first",
        "Ask a doctor or physiotherapist, then write into the profile who agreed and when.",
    ),
    "defer": ("Not now", "Wait until this is over, then ask again."),
    "plan_restricted": ("Training may begin, with limits", "Keep to what is written here."),
    "plan": ("Training may begin", "No rule of the screening fired."),
}

NO_PROGRAM: Final = (
    "No exercise program was made."
    " legengine does not diagnose: it only noticed answers that a professional should see first."
)


NO_DIAGNOSIS: Final = (
    "legengine gives exercise programs, not diagnoses. If an answer changes, screen again."
)

ANSWERED: Final = (
    "What the profile says. The PAR-Q+ is told by item numbers: read them in the official form."
)


def referral_document(referral: Referral) -> Document:
    """The document of a referral, the gravest finding first."""
    title, order = HEADLINES[referral.severity]
    grave, rest = _by_weight(referral)
    parts = [_finding(number, item) for number, item in enumerate(grave, start=1)]
    if rest:
        noticed = tuple(_noticed(item) for item in rest)
        parts.append(Section("Also noticed: tell the professional", (Bullets(noticed),)))
    if referral.conditions:
        held = tuple(spoken(clean_text(name)) for name in referral.conditions)
        parts.append(Section("What holds because of this", (Bullets(held),)))
    if referral.answers:
        parts.append(_answers(referral))
    on = Paragraph(f"Screened on {clean_text(referral.screened_on)}.", "quiet")
    if referral.refuses:
        parts.append(Section("No program", (Paragraph(NO_PROGRAM), on)))
        return Document(title, (Paragraph(order, "warning"),), tuple(parts), tone="warning")
    parts.append(Section("What this is", (Paragraph(NO_DIAGNOSIS), on)))
    return Document(title, (Paragraph(order, "notice"),), tuple(parts))


def _by_weight(referral: Referral) -> tuple[list[ScreeningFinding], list[ScreeningFinding]]:
    """What decides, told in full, and what is only worth telling beside a refusal."""
    findings = sorted(referral.findings, key=lambda item: SEVERITIES.index(item.severity))
    if not referral.refuses:
        return findings, []
    grave = [item for item in findings if item.severity in REFUSALS]
    return grave, [item for item in findings if item not in grave]


def _noticed(item: ScreeningFinding) -> str:
    """Without what to do: that is about training, which has to wait."""
    said = [sentence(clean_text(text)) for text in (item.noticed, item.why)]
    return f"{' '.join(filter(None, said))} {_rule(item)}."


def _rule(item: ScreeningFinding) -> str:
    return f"Rule {clean_text(item.rule)} {keys_text(list(map(clean_text, item.sources)))}".rstrip()


def _answers(referral: Referral) -> Section:
    rows = tuple(
        Entry(clean_text(item.question), (clean_text(item.said) or "?",))
        for item in referral.answers
    )
    about = Paragraph(ANSWERED, "quiet")
    return Section("What was answered", (about, Entries(rows, tight=True)))


def _finding(number: int, item: ScreeningFinding) -> Section:
    said = (("What to do", item.action), ("Why", item.why))
    entries = tuple(
        Entry(term, (sentence(clean_text(text)),)) for term, text in said if clean_text(text)
    )
    blocks: list[Block] = [Entries(entries, tight=True), Paragraph(_rule(item), "quiet")]
    return Section(f"{number}. {sentence(clean_text(item.noticed)).rstrip('.')}", tuple(blocks))
