"""A reader of library files: seated holds from a table."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from legengine.errors import Fault, InputError
from legengine.hooks import LibraryContents
from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    from legengine.domain.exercise import Exercise

COLUMNS: Final = ("id", "name", "seconds")


class ReaderOptions(BaseModel):
    """How the table is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    delimiter: str = Field(default=",", min_length=1, max_length=1, description="between two cells")


@dataclass(frozen=True)
class ExampleReader:
    """Reads a table with a seated hold in each row."""

    name: str = "example"
    summary: str = "seated holds from a .holds.csv file with the columns id, name, seconds"
    options: type[ReaderOptions] = ReaderOptions
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"delimiter": ","},)

    @property
    def example_files(self) -> tuple[Path, ...]:
        """A table to try."""
        return (Path(str(files(__package__))) / "data" / "example.holds.csv",)

    def recognises(self, path: Path) -> bool:
        return path.name.endswith(".holds.csv")

    def read(self, path: Path, options: BaseModel) -> LibraryContents:
        from legengine.domain.exercise import LibraryData

        settings = ReaderOptions.model_validate(options.model_dump())
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"can't be read: {error}", source=str(path)) from error
        rows = csv.DictReader(text.splitlines(), delimiter=settings.delimiter)
        if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
            fault = Fault(f"there is no column '{missing[0]}'", line=1)
            raise InputError([fault], source=str(path))
        faults: list[Fault] = []
        found = [self._exercise(row, line, faults) for line, row in enumerate(rows, start=2)]
        if faults:
            raise InputError(faults, source=str(path))
        exercises = tuple(exercise for exercise in found if exercise is not None)
        remark = f"{len(exercises)} seated holds, all of level 1"
        return LibraryContents(LibraryData(exercises=exercises), remarks=(remark,))

    def _exercise(self, row: dict[str, str], line: int, faults: list[Fault]) -> Exercise | None:
        from legengine.domain.exercise import Exercise
        from pydantic import ValidationError

        if not (row["seconds"] or "").isdigit():
            faults.append(Fault(f"expected whole seconds, got '{row['seconds']}'", line=line))
            return None
        try:
            return Exercise(
                id=row["id"],
                name=row["name"],
                pattern="knee_extension",
                block="isolation",
                primary=("quadriceps",),
                equipment=(("chair",),),
                laterality="each",
                dose_kind="hold",
                level=1,
                phases=("foundation",),
                knee_flexion=90,
                hip_flexion=90,
                range_adjustable=True,
                weight_bearing=0,
                position="seated",
                hold_seconds=int(row["seconds"]),
                setup_seconds=15,
                rest_seconds=45,
                instruction="Sit tall, straighten one knee and hold it.",
                cues=(),
                sources=("D",),
            )
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            faults.append(Fault(first["msg"], where, line=line))
            return None
