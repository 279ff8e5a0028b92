"""What the script of the page is told: who the log belongs to, the unit, and every word it says."""

from __future__ import annotations

import hashlib
from typing import Any

from legengine.domain.program import Program
from legengine.language import Unit, spoken_language, tr


def log_key(program: Program) -> str:
    """What the log of a program is known by: 16 hexadecimal digits.

    The same after a re-planning and after an update: it depends on the first profile alone, on
    what that says beside defaults, and on the first day.
    """
    profile = program.revisions[0].profile if program.revisions else program.profile
    said = profile.model_dump_json(exclude_defaults=True)
    return hashlib.sha256(f"{program.start}\n{said}".encode()).hexdigest()[:16]


def for_script(program: Program, unit: Unit) -> dict[str, Any]:
    """What stands in the page for the script to read."""
    return {
        "key": log_key(program),
        "unit": unit,
        "language": spoken_language().code,
        "words": _words(unit),
    }


def _words(unit: Unit) -> dict[str, str]:
    return {
        "set": tr("Set"),
        "set_n": tr("Set {n}"),
        "set_side": tr("Set {n}, {side}"),
        "left": tr("left"),
        "right": tr("right"),
        "reps": tr("Reps"),
        "seconds": tr("Seconds"),
        "minutes": tr("Minutes"),
        "metres": tr("Metres"),
        "load": unit,
        "reserve": tr("Reps left"),
        "reserve_long": tr("Repetitions that you had left"),
        "load_long": tr("Load in {unit}", unit=unit),
        "of_set": tr("{what}, {set}, {exercise}"),
        "done": tr("{set} of {exercise} done"),
        "sets_done": tr("Sets done: {done} of {all}"),
        "next_session": tr("Next session: {day}"),
        "todays_session": tr("Today's session: {day}"),
        "last_session": tr("Last session: {day}"),
        "pain_of": tr("Pain in {exercise}, 0 to 10"),
        "pain_session": tr("Pain in this session, 0 to 10"),
        "pain": tr("Pain"),
        "pain_scale": tr("0 is none, 10 the worst you can think of."),
        "no_number": tr("not said"),
        "pain_note": tr("Pain and note"),
        "how_why": tr("How and why"),
        "after": tr("After the session"),
        "done_on": tr("Done on"),
        "note": tr("Note"),
        "note_of": tr("Note on {exercise}"),
        "note_session": tr("Note on this session"),
        "rest_starts": tr("Rest: {time}"),
        "rest_ten": tr("10 seconds of rest left"),
        "rest_over": tr("Rest is over: next set"),
        "saved": tr("Kept in this browser."),
        "no_store": tr(
            "This browser keeps nothing for this page. What you tick is gone when you close it:"
            " download your log before."
        ),
        "full_store": tr(
            "The store of this browser is full: your last entry is not kept. Download your log,"
            " then delete entries."
        ),
        "bad_store": tr(
            "What this browser kept for this page can't be read and is left as it is. Nothing new"
            " is kept until you delete the entries or import a log."
        ),
        "other_tab": tr("Changed in another window of this page; shown here now."),
        "exported": tr("Downloaded: {name}. Rows: {n}."),
        "nothing": tr("There is nothing to download yet: tick a set first."),
        "imported": tr("Imported. Entries: {n}."),
        "import_kind": tr("This file is not a log of legengine: nothing was imported."),
        "import_version": tr("This log was written by a later legengine: nothing was imported."),
        "import_other": tr("This log belongs to another program: nothing was imported."),
        "import_row": tr("Row {row} of the log can't be read ({what}): nothing was imported."),
        "import_ask": tr("Replace what is kept here by the {n} entries of the file?"),
        "delete_ask": tr("Delete all that you ticked and wrote for this program?"),
        "deleted": tr("All entries are deleted."),
        "bad_number": tr("A number from {low} to {high}, please."),
    }
