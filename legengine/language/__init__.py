"""What is said to a person, in the language that is spoken.

English is what the code and the documents hold; it is the key of every other language. A format
writes its own words through ``tr`` and ``trn``, and what a program says through ``said``.
"""

from __future__ import annotations

from legengine.language.speaking import (
    ENGLISH,
    Language,
    said,
    speaking,
    spoken_language,
    tr,
    trn,
)

__all__ = ["ENGLISH", "Language", "said", "speaking", "spoken_language", "tr", "trn"]
