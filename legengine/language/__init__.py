"""What is said to a person, in the language that is spoken.

English is what the code and the documents hold; it is the key of every other language. A format
writes its own words through ``tr`` and ``trn``, and what a program says through ``said``.
"""

from __future__ import annotations

from legengine.language.catalogue import language, languages
from legengine.language.saying import noting_unknown, said
from legengine.language.speaking import (
    ENGLISH,
    Language,
    Unit,
    marked,
    speaking,
    spoken_language,
    spoken_unit,
    tr,
    trn,
)
from legengine.language.units import local_number, mass, mass_number, number

__all__ = [
    "ENGLISH",
    "Language",
    "Unit",
    "language",
    "languages",
    "local_number",
    "marked",
    "mass",
    "mass_number",
    "noting_unknown",
    "number",
    "said",
    "speaking",
    "spoken_language",
    "spoken_unit",
    "tr",
    "trn",
]
