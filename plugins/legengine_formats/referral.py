"""A referral as a document: how urgent, what was noticed, what to do. No exercise, no target."""

from __future__ import annotations

from typing import Final

from legengine.domain.findings import REFUSALS, SEVERITIES, Referral, ScreeningFinding, Severity
from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Paragraph, Section
from legengine_formats.clean import clean_text
from legengine_formats.wording import keys_text, sentence

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
    "plan_restricted": ("A professional has to be seen first", "Show them what is written here."),
    "plan": ("A professional has to be seen first", "Show them what is written here."),
}

NO_PROGRAM: Final = (
    "No exercise program was made."
    " legengine does not diagnose: it only noticed answers that a professional should see first."
)


def referral_document(referral: Referral, *, sources: bool = False) -> Document:
    """The document of a referral, the gravest finding first."""
    title, order = HEADLINES[referral.severity]
    findings = sorted(referral.findings, key=lambda item: SEVERITIES.index(item.severity))
    grave = [item for item in findings if item.severity in REFUSALS]
    rest = [item for item in findings if item not in grave]
    parts = [_finding(number, item, sources) for number, item in enumerate(grave, start=1)]
    if rest:
        noticed = tuple(sentence(clean_text(item.noticed)) for item in rest)
        parts.append(Section("Also noticed: tell the professional", (Bullets(noticed),)))
    end: list[Block] = [
        Paragraph(NO_PROGRAM),
        Paragraph(f"Screened on {clean_text(referral.screened_on)}.", "quiet"),
    ]
    parts.append(Section("No program", tuple(end)))
    return Document(title, (Paragraph(order, "warning"),), tuple(parts), tone="warning")


def _finding(number: int, item: ScreeningFinding, sources: bool) -> Section:
    said = (("What to do", item.action), ("Why", item.why))
    entries = tuple(
        Entry(term, (sentence(clean_text(text)),)) for term, text in said if clean_text(text)
    )
    rule = f"Rule {clean_text(item.rule)}"
    keys = f" {keys_text([clean_text(key) for key in item.sources])}" if sources else ""
    blocks: list[Block] = [
        Entries(entries, tight=True),
        Paragraph(f"{rule}{keys}".rstrip(), "quiet"),
    ]
    return Section(f"{number}. {sentence(clean_text(item.noticed)).rstrip('.')}", tuple(blocks))
