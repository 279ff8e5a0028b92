"""The sources that doses and plans of this package may name, by key."""

from __future__ import annotations

from typing import Final

SOURCES: Final[dict[str, str]] = {
    "D": "default of the design, not taken from a source",
    "K3": "shorter rests serve endurance; strength needs two minutes and more",
    "K9": "a limit set by a surgeon or therapist is not released by the calendar",
    "K22": "load, repetitions and reserve must agree: percent within 3 points of Epley",
    "S21": "progressive overload: demands rise in small steps",
    "S24": "lever: sets",
    "S31": "technique ranks above load",
    "S83": "strategy 1: add weight",
    "S84": "strategy 2: more repetitions or sets at the same weight",
    "S85": "strategy 3: less rest, for muscular endurance",
    "S86": "strategy 4: better form or a larger range",
    "S87": "strategy 5: harder variations once base strength is high",
    "S99": "static stretching after training, 20-30 s",
    "S103": "low-impact cardio: walking, cycling, swimming",
    "DELO": "deload practice: volume down, frequency kept, about every 5.6 weeks",
    "EPBR": "Epley and Brzycki equations and percent tables",
    "PLYO": "plyometric contacts a week and their rise",
    "RIR": "repetitions-in-reserve scale and its load adjustments",
    "ROM": "full against partial range of motion",
    "TWO42": "2-for-2 rule and the 2.5-10 % step (Baechle & Earle)",
    "m:ACLOKC": "graft protection: range widened by 10 degrees a week (from memory)",
    "m:OTAGOb": "Otago programme: ankle weights from 0.5-1 kg (from memory)",
    "m:TWO42b": "load increases for the lower body in kg (from memory)",
}
"""Key to what it says; the protocol's and library's own sources carry the full citations."""
