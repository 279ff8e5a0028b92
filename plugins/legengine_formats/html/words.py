"""The words of the page's own frame: headings, buttons, labels."""

from __future__ import annotations

from legengine.language import tr


def page_words() -> dict[str, str]:
    """Every word that the templates say, by the name that they know it by."""
    return {
        "all_weeks": tr("All weeks"),
        "and_more": tr("All stop signs"),
        "charts": tr("Progress"),
        "chosen": tr("How it was chosen"),
        "cues": tr("Think of"),
        "day_done": tr("done"),
        "delete": tr("Delete my entries"),
        "dose": tr("Dose"),
        "easy": tr("easy session"),
        "effort": tr("Effort"),
        "export": tr("Download my log"),
        "go_next": tr("Go to the next session"),
        "how": tr("How to do each exercise"),
        "how_short": tr("Exercises"),
        "how_why": tr("How and why"),
        "import": tr("Read a log back"),
        "lighter": tr("lighter week"),
        "load": tr("Load"),
        "log": tr("Your log"),
        "log_about": tr(
            "What you tick and write stays in this browser, on this device; nothing is sent"
            " anywhere. Download it to keep it or to show it to somebody."
        ),
        "mind": tr("Mind this"),
        "needs": tr("You need"),
        "next_week": tr("Next week"),
        "no_session": tr("No session in this week."),
        "none": tr("This program has no weeks."),
        "note": tr("Note"),
        "numbers": tr("The numbers"),
        "optional": tr("if you like"),
        "parts": tr("Parts of this page"),
        "plan": tr("Road map"),
        "plus": tr("+15 s"),
        "previous_week": tr("Previous week"),
        "print_all": tr("Print everything"),
        "print_week": tr("Print this week"),
        "provisional": tr("provisional"),
        "rest": tr("Rest"),
        "rest_day": tr("rest"),
        "rest_timer": tr("Rest timer"),
        "skip": tr("Skip to the sessions"),
        "skip_rest": tr("Skip"),
        "sound": tr("Sound"),
        "stop": tr("Stop signs"),
        "train": tr("Train"),
        "vibration": tr("Vibration"),
        "week_choice": tr("Weeks"),
        "why": tr("Why"),
    }
