"""Drawings of exercises: a jointed figure and its equipment, as SVG."""

from __future__ import annotations

from legengine_formats.drawing.svg import svg_of

__all__ = ["svg_of"]
