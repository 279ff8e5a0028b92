"""What screening found as a document: how urgent, what was noticed, what to do, what was answered.

No exercise and no target is in it, whatever the outcome.
"""

from __future__ import annotations

from typing import Final

from legengine.domain.findings import REFUSALS, SEVERITIES, Referral, ScreeningFinding, Severity
from legengine.language import marked, said, tr
from legengine_formats.blocks import Block, Bullets, Document, Entries, Entry, Paragraph, Section
from legengine_formats.clean import clean_text
from legengine_formats.wording import headline, keys_text, spoken, told

HEADLINES: Final[dict[Severity, tuple[str, str]]] = {
    "emergency": (
        marked("EMERGENCY: get help now"),
        marked(
            "Call the emergency number (112, 911, 999 or your local number). Don't drive yourself."
        ),
    ),
    "urgent": (
        marked("Urgent: speak to a doctor today"),
        marked("Don't put it off until tomorrow."),
    ),
    "refer": (
        marked("See a doctor or physiotherapist first"),
        marked("Something has to be looked at before anything else makes sense."),
    ),
    "clearance_required": (
        marked("A professional has to agree first"),
        marked("Ask a doctor or physiotherapist, then write into the profile who agreed and when."),
    ),
    "defer": (marked("Not now"), marked("Wait until this is over, then ask again.")),
    "plan_restricted": (
        marked("Training may begin, with limits"),
        marked("Keep to what is written here."),
    ),
    "plan": (marked("Training may begin"), marked("No rule of the screening fired.")),
}

NO_PROGRAM: Final = marked(
    "No exercise program was made."
    " legengine does not diagnose: it only noticed answers that a professional should see first."
)


NO_DIAGNOSIS: Final = marked(
    "legengine gives exercise programs, not diagnoses. If an answer changes, screen again."
)

ANSWERED: Final = marked(
    "What the profile says. The PAR-Q+ is told by item numbers: read them in the official form."
)


def referral_document(referral: Referral) -> Document:
    """The document of a referral, the gravest finding first."""
    title, order = map(tr, HEADLINES[referral.severity])
    grave, rest = _by_weight(referral)
    parts = [_finding(number, item) for number, item in enumerate(grave, start=1)]
    if rest:
        noticed = tuple(_noticed(item) for item in rest)
        parts.append(Section(tr("Also noticed: tell the professional"), (Bullets(noticed),)))
    if referral.conditions:
        held = tuple(spoken(clean_text(name)) for name in referral.conditions)
        parts.append(Section(tr("What holds because of this"), (Bullets(held),)))
    if referral.answers:
        parts.append(_answers(referral))
    on = Paragraph(tr("Screened on {date}.", date=clean_text(referral.screened_on)), "quiet")
    if referral.refuses:
        parts.append(Section(tr("No program"), (Paragraph(tr(NO_PROGRAM)), on)))
        return Document(title, (Paragraph(order, "warning"),), tuple(parts), tone="warning")
    parts.append(Section(tr("What this is"), (Paragraph(tr(NO_DIAGNOSIS)), on)))
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
    texts = [told(clean_text(text)) for text in (item.noticed, item.why)]
    return f"{' '.join(filter(None, texts))} {_rule(item)}."


def _rule(item: ScreeningFinding) -> str:
    keys = keys_text(list(map(clean_text, item.sources)))
    return tr("Rule {name} {keys}", name=clean_text(item.rule), keys=keys).rstrip()


def _answers(referral: Referral) -> Section:
    rows = tuple(
        Entry(said(clean_text(item.question)), (said(clean_text(item.said)) or "?",))
        for item in referral.answers
    )
    about = Paragraph(tr(ANSWERED), "quiet")
    return Section(tr("What was answered"), (about, Entries(rows, tight=True)))


def _finding(number: int, item: ScreeningFinding) -> Section:
    lines = ((tr("What to do"), item.action), (tr("Why"), item.why))
    entries = tuple(
        Entry(term, (told(clean_text(text)),)) for term, text in lines if clean_text(text)
    )
    blocks: list[Block] = [Entries(entries, tight=True), Paragraph(_rule(item), "quiet")]
    return Section(f"{number}. {headline(clean_text(item.noticed))}", tuple(blocks))
