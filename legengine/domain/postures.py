"""The postures that a pose can begin with, and what a pose with overrides means in full."""

from __future__ import annotations

from typing import Any, Final

from legengine.domain.picture import Drawing, Pose

_HANGING: Final = {"shoulder": 4, "elbow": 8, "out": 6}

POSTURES: Final[dict[str, dict[str, Any]]] = {
    "standing": {"pelvis": (1,), "legs": {"foot": (0, 0)}, "arms": _HANGING},
    "sitting": {
        "pelvis": (-40, 53),
        "legs": {"foot": (0, 0, 10)},
        "arms": {"hand": "thigh"},
    },
    "long_sitting": {
        "pelvis": (0, 10),
        "lean": -8,
        "legs": {"hip": 82, "knee": 0, "ankle": 0},
        "arms": {"hand": (-18, 5, 24)},
    },
    "supine": {
        "pelvis": (0, 10),
        "lean": -90,
        "legs": {"hip": 0, "knee": 0, "ankle": -12},
        "arms": {"shoulder": 0, "elbow": 4, "out": 18},
    },
    "hook_lying": {
        "pelvis": (0, 10),
        "lean": -90,
        "legs": {"foot": (42, 0, 9)},
        "arms": {"shoulder": 0, "elbow": 4, "out": 18},
    },
    "prone": {
        "pelvis": (0, 10),
        "lean": 90,
        "neck": -10,
        "legs": {"hip": 0, "knee": 0, "ankle": -60},
        "arms": {"hand": (68, 3, 5), "elbow_out": 80},
    },
    "side_lying": {
        "pelvis": (0, 20),
        "tilt": -85,
        "legs": {"hip": 0, "knee": 0, "ankle": 0},
        "right_arm": {"hand": (22, 4, -36)},
        "left_arm": {"shoulder": 165, "elbow": 110, "out": -4},
    },
    "hands_and_knees": {
        "rest": {"part": "knees"},
        "lean": 84,
        "neck": -20,
        "legs": {"hip": 84, "knee": 90, "ankle": -62},
        "arms": {"hand": (50, 3)},
    },
    "kneeling": {
        "rest": {"part": "knees"},
        "legs": {"hip": 0, "knee": 92, "ankle": -60},
        "arms": _HANGING,
    },
    "half_kneeling": {
        "pelvis": (0, 51),
        "right_leg": {"hip": 0, "knee": 92, "ankle": -60},
        "left_leg": {"foot": (44, 0)},
        "arms": {"hand": "hip"},
    },
    "split_stance": {
        "pelvis": (0,),
        "right_leg": {"foot": (30, 0)},
        "left_leg": {"foot": (-42, 0), "pitch": -50},
        "arms": {"hand": "hip"},
    },
}
"""What each posture says; lengths in centimetres, angles in degrees (``D``)."""

_PLACED: Final = {
    "hand": ({"hand", "elbow_out"}, {"shoulder", "out", "twist", "elbow"}),
    "foot": (
        {"foot", "pitch", "about", "heading", "knee_out"},
        {"hip", "out", "twist", "knee", "ankle"},
    ),
}


def positions(drawing: Drawing) -> tuple[Pose, Pose | None]:
    """The start and the end with all that their postures say, each side by itself."""
    start = _over(_posture(drawing.start.base or "standing"), _said(drawing.start))
    first = Pose.model_validate(start)
    if drawing.end is None:
        return first, None
    under = start if drawing.end.base is None else _posture(drawing.end.base)
    return first, Pose.model_validate(_over(under, _said(drawing.end)))


def _posture(name: str) -> dict[str, Any]:
    return _sides(POSTURES[name])


def _said(pose: Pose) -> dict[str, Any]:
    said = pose.model_dump(exclude_none=True, exclude_unset=True)
    said.pop("base", None)
    return _sides(said)


def _sides(pose: dict[str, Any]) -> dict[str, Any]:
    """``legs`` and ``arms`` as both sides; what one side says itself wins."""
    full = {key: value for key, value in pose.items() if key not in ("legs", "arms")}
    for both, one in (("legs", "leg"), ("arms", "arm")):
        for side in ("right", "left"):
            limb = _limb(pose.get(both, {}), pose.get(f"{side}_{one}", {}), one)
            if limb:
                full[f"{side}_{one}"] = limb
    return full


def _over(under: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    full = under | said
    for key in ("right_leg", "left_leg", "right_arm", "left_arm"):
        limb = _limb(under.get(key, {}), said.get(key, {}), key.partition("_")[2])
        if limb:
            full[key] = limb
    if "pelvis" in said and "rest" not in said:
        full.pop("rest", None)
    elif "rest" in said:
        full.pop("pelvis", None)
    return full


def _limb(under: dict[str, Any], said: dict[str, Any], limb: str) -> dict[str, Any]:
    """One limb over another; a place takes the place of angles, and the other way round."""
    placed, angles = _PLACED["foot" if limb == "leg" else "hand"]
    if said.keys() & placed:
        under = {key: value for key, value in under.items() if key not in angles}
    elif said.keys() & angles:
        under = {key: value for key, value in under.items() if key not in placed}
    return under | said


__all__ = ["POSTURES", "positions"]
