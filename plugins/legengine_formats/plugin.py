"""The entry point of the bundled output formats."""

from __future__ import annotations

from collections.abc import Sequence

from legengine.hooks import Format, hookimpl
from legengine_formats.calendar_format import CalendarFormat
from legengine_formats.csv_format import CsvFormat
from legengine_formats.fhir.format import FhirFormat
from legengine_formats.fit.format import FitFormat
from legengine_formats.html import HtmlFormat
from legengine_formats.json_format import JsonFormat
from legengine_formats.liftoscript import LiftoscriptFormat
from legengine_formats.pages import MarkdownFormat, TerminalFormat
from legengine_formats.pdf.printed import PdfFormat
from legengine_formats.sheet.format import SheetFormat

LEGENGINE_API = 1


@hookimpl
def legengine_formats() -> Sequence[Format]:
    """The formats of this plugin."""
    return (
        TerminalFormat(),
        MarkdownFormat(),
        JsonFormat(),
        HtmlFormat(),
        CalendarFormat(),
        CsvFormat(),
        SheetFormat(),
        LiftoscriptFormat(),
        FitFormat(),
        FhirFormat(),
        PdfFormat(),
    )
