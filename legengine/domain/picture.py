"""The picture of an exercise: a figure in two positions with its equipment, or an image file.

Lengths are centimetres of a figure that is 171 cm tall, angles are degrees. ``x`` points the way
that the figure faces, ``y`` up from the floor, and ``z`` to the figure's right, which is towards
the viewer of a side view. The dimensions of the figure are a default of the design (``D``).
"""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from legengine.domain.images import MediaType, image_fault

View = Literal["side", "front", "quarter", "back", "above", "front_above"]
Layout = Literal["overlaid", "beside", "stacked"]
Joint = Literal[
    "head",
    "neck",
    "chest",
    "shoulders",
    "pelvis",
    "hands",
    "knees",
    "ankles",
    "feet",
    "right_shoulder",
    "left_shoulder",
    "right_elbow",
    "left_elbow",
    "right_hand",
    "left_hand",
    "right_hip",
    "left_hip",
    "right_thigh",
    "left_thigh",
    "right_knee",
    "left_knee",
    "right_shin",
    "left_shin",
    "right_ankle",
    "left_ankle",
    "right_foot",
    "left_foot",
    "right_heel",
    "left_heel",
    "right_toes",
    "left_toes",
]
Part = Literal[
    "lowest",
    "pelvis",
    "shoulders",
    "knees",
    "feet",
    "toes",
    "right_knee",
    "left_knee",
    "right_foot",
    "left_foot",
    "right_toes",
    "left_toes",
    "right_elbow",
    "left_elbow",
]
Spot = Literal[
    "hip", "thigh", "knee", "ankle", "chest", "shoulder", "opposite_shoulder", "head", "neck"
]
Posture = Literal[
    "standing",
    "sitting",
    "long_sitting",
    "supine",
    "hook_lying",
    "prone",
    "side_lying",
    "hands_and_knees",
    "kneeling",
    "half_kneeling",
    "split_stance",
]
PropKind = Literal[
    "armchair",
    "ball",
    "band",
    "bar",
    "bed",
    "bench",
    "box",
    "cable",
    "chair",
    "column",
    "counter",
    "cuff",
    "dumbbell",
    "frame",
    "kettlebell",
    "line",
    "mat",
    "pad",
    "plate",
    "rail",
    "roller",
    "stairs",
    "step",
    "stick",
    "towel",
    "wall",
    "water",
    "wheel",
]

Length = Annotated[float, Field(ge=-400, le=400, allow_inf_nan=False)]
Angle = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Point = Annotated[tuple[Length, ...], Field(min_length=2, max_length=3)]
"""``x``, ``y`` and, where it isn't the middle, ``z``."""


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Leg(_Record):
    """A leg by its joint angles, or by where its foot stands."""

    hip: float | None = Field(default=None, ge=-40, le=150, description="flexion of the hip")
    out: float | None = Field(default=None, ge=-45, le=90, description="abduction of the hip")
    twist: float | None = Field(
        default=None, ge=-60, le=90, description="outward rotation of the hip"
    )
    knee: float | None = Field(default=None, ge=0, le=160, description="flexion of the knee")
    ankle: float | None = Field(
        default=None, ge=-70, le=45, description="toes pulled up; negative: pointed"
    )
    foot: Point | None = Field(
        default=None,
        description="where the sole stands: x of the ankle, y of the sole, distance outwards from "
        "the middle; the angles are found",
    )
    pitch: Angle | None = Field(
        default=None, description="of a foot with a place: toes up, negative: heel up"
    )
    about: Literal["ball", "heel"] | None = Field(
        default=None, description="what a pitched foot turns about: its ball where the heel is up"
    )
    heading: Angle | None = Field(default=None, description="of a foot with a place: toes outwards")
    knee_out: Angle | None = Field(
        default=None, description="of a foot with a place: the knee turned outwards about the leg"
    )


class Arm(_Record):
    """An arm by its joint angles, or by where its hand is."""

    shoulder: float | None = Field(
        default=None, ge=-90, le=200, description="raised forwards; 180: overhead"
    )
    out: float | None = Field(default=None, ge=-60, le=180, description="raised sideways")
    twist: Angle | None = Field(default=None, description="outward rotation of the upper arm")
    elbow: float | None = Field(default=None, ge=0, le=160, description="flexion of the elbow")
    hand: Point | Spot | None = Field(
        default=None,
        description="x, y and distance outwards from the middle, or a spot of the body; the angles "
        "are found",
    )
    elbow_out: Angle | None = Field(
        default=None, description="of a hand with a place: the elbow turned outwards about the arm"
    )


class Rest(_Record):
    """What the figure rests on: this part lies at this place."""

    part: Part = "lowest"
    x: Length = 0
    y: Length = 0


class Pose(_Record):
    """A position of the figure; what isn't said comes from the posture that it begins with."""

    base: Posture | None = Field(
        default=None,
        description="where it begins; without one an end begins with the start, a start standing",
    )
    pelvis: Annotated[tuple[Length, ...], Field(min_length=1, max_length=3)] | None = Field(
        default=None,
        description="x, y and z of the middle between the hips; x alone: as high as the feet allow",
    )
    rest: Rest | None = Field(default=None, description="in place of the pelvis' place")
    lean: Angle | None = Field(
        default=None, description="of the trunk: 0 upright, 90 face down, -90 on the back"
    )
    tilt: Angle | None = Field(
        default=None, description="of the trunk: to the right; -90: lying on the left side"
    )
    turn: Angle | None = Field(default=None, description="of the whole figure, to its left")
    curl: float | None = Field(
        default=None, ge=-40, le=60, description="of the upper trunk against the lower, forwards"
    )
    neck: float | None = Field(default=None, ge=-60, le=60, description="nodding forwards")
    aside: Length | None = Field(
        default=None, description="how far all of it stands to its right, with its hands and feet"
    )
    eyes_closed: bool | None = None
    hike: float | None = Field(
        default=None, ge=-30, le=30, description="of the pelvis: its right side higher"
    )
    legs: Leg | None = Field(default=None, description="both legs alike")
    right_leg: Leg | None = None
    left_leg: Leg | None = None
    arms: Arm | None = Field(default=None, description="both arms alike")
    right_arm: Arm | None = None
    left_arm: Arm | None = None


class Prop(_Record):
    """A piece of equipment as a simple shape."""

    kind: PropKind
    at: Point | Joint | None = Field(
        default=None, description="the middle of its foot, of a ball its middle; or a joint"
    )
    to: tuple[Point | Joint, ...] = Field(
        default=(), max_length=12, description="further points of what is drawn as a line"
    )
    size: Annotated[tuple[Length, ...], Field(min_length=1, max_length=3)] | None = Field(
        default=None, description="length along x, height, width; of a ball its radius"
    )
    offset: Point = Field(default=(0, 0), description="from the joint")
    pitch: Angle = Field(default=0, description="its far end along x higher")
    turn: Angle = Field(default=0, description="about the vertical, to the left")
    front: bool = Field(default=False, description="drawn over the figure")
    only: Literal["both", "start", "end"] = "both"


class Arrow(_Record):
    """What moves where: the way of a joint, or given points."""

    joint: Joint | None = None
    offset: Point = (0, 0)
    points: tuple[Point, ...] = Field(default=(), max_length=8)
    both: bool = Field(default=False, description="with two heads: there and back")
    under: bool = Field(default=False, description="drawn on the floor, under the figure")

    @model_validator(mode="after")
    def _goes_somewhere(self) -> Arrow:
        if self.joint is None and len(self.points) < 2:
            raise ValueError("an arrow follows a joint, or has at least two points")
        return self


class Focus(_Record):
    """What a drawing is cut to, where something small moves."""

    joint: Joint
    width: float = Field(default=90, ge=40, le=400)


class Drawing(_Record):
    """A drawing of a figure in its start and end position."""

    view: View = "side"
    layout: Layout = Field(
        default="beside",
        description="the start pale behind the end, or the two beside or above one another",
    )
    start: Pose = Field(default_factory=Pose)
    end: Pose | None = Field(default=None, description="none for a hold")
    props: tuple[Prop, ...] = Field(default=(), max_length=24)
    focus: Focus | None = Field(default=None, description="a part of the figure instead of all")
    arrows: tuple[Arrow, ...] | None = Field(
        default=None, max_length=6, description="without any: of the joint that moves furthest"
    )


class Image(_Record):
    """An image file in place of a drawing; it is small, what it says it is, and only an image."""

    media_type: MediaType
    data: str = Field(description="the file in base64")
    alt: str = Field(default="", max_length=500, description="what it shows")
    credit: str = Field(default="", max_length=500, description="who made it, under which licence")

    @model_validator(mode="after")
    def _is_an_image(self) -> Image:
        try:
            content = b64decode(self.data, validate=True)
        except ValueError:
            raise ValueError("data is not base64") from None
        if fault := image_fault(self.media_type, content):
            raise ValueError(fault)
        return self


class ImageFile(_Record):
    """The name of an image file that lies beside the data file of a library folder."""

    file: str = Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=100)
    alt: str = Field(default="", max_length=500, description="what it shows")
    credit: str = Field(default="", max_length=500, description="who made it, under which licence")


def _which(value: object) -> str:
    """An image is told by its media type or its file."""
    if isinstance(value, dict):
        return "image" if "media_type" in value else "file" if "file" in value else "drawing"
    if isinstance(value, (Image, ImageFile)):
        return "image" if isinstance(value, Image) else "file"
    return "drawing"


Picture = Annotated[
    Annotated[Drawing, Tag("drawing")] | Annotated[Image, Tag("image")], Discriminator(_which)
]
"""The picture of an exercise: a drawing, or an image where it has a ``media_type``."""

Given = Annotated[
    Annotated[Drawing, Tag("drawing")]
    | Annotated[Image, Tag("image")]
    | Annotated[ImageFile, Tag("file")],
    Discriminator(_which),
]
"""A picture as a library folder gives it: an image may be a file beside it."""
