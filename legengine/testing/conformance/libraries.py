"""What data is asked: libraries that fit together, protocols that somebody can follow, readers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from legengine.domain.exercise import Exercise, LibraryData
from legengine.domain.protocol import Phase, Protocol
from legengine.errors import InputError, LegengineError, NoScheduleError, ReferralError
from legengine.hooks.contracts import LibraryContents
from legengine.hooks.registry import Registry
from legengine.hooks.translations import translation_fault
from legengine.intake.doses import role_of
from legengine.testing.conformance.check import (
    Check,
    CheckFailed,
    CheckSkipped,
    CheckWarning,
    expect,
)
from legengine.testing.conformance.described import Examined
from legengine.testing.samples import PEOPLE, START, TODAY, sample_profile

RUBBISH: Final[dict[str, bytes]] = {
    "an empty file": b"",
    "bytes that are no text": b"\xff\xfe\x00\x81" * 64,
    "half a document": b'{"exercises": [{"id": ',
    "another document": b'{"no_such_thing_": [1, 2, {"a": null}]}',
}


def _registry(examined: Examined) -> Registry:
    return examined.subject.loaded


def _asked(
    examined: Examined, questions: tuple[tuple[str, str, Callable[[Examined], None]], ...]
) -> Iterator[Check]:
    for what, about, question in questions:
        yield examined.check(what, about, _asking(question, examined))


def _asking(question: Callable[[Examined], None], examined: Examined) -> Callable[[], None]:
    return lambda: question(examined)


# --- exercise libraries --------------------------------------------------------------------


def library_checks(examined: Examined) -> Iterator[Check]:
    """What an exercise library is asked."""
    return _asked(
        examined,
        (
            ("loads", "its data is valid, and the same every time", loads),
            (
                "fits the others",
                "ids, links, ladders, tags, items and sources hold beside the bundled library",
                fits,
            ),
            ("words", "every exercise says how it is done", words),
            ("pictures", "every picture is one", pictures),
            ("translations", "what it says in other languages is what it says", translations),
            ("reachable", "every exercise is open to somebody in some phase", reachable),
        ),
    )


def loads(examined: Examined) -> None:
    """Valid, and the same every time."""
    first, second = examined.value.load(), examined.value.load()
    expect(
        isinstance(first, LibraryData),
        f"'load' must return LibraryData, not {type(first).__name__}; use load_library",
    )
    expect(bool(first.exercises or first.conditions), "it holds no exercise and no condition")
    expect(first == second, "'load' returns something else the second time")


def fits(examined: Examined) -> None:
    """Together with every other library of the registry."""
    _registry(examined).library()


def words(examined: Examined) -> None:
    """An instruction and a name."""
    for exercise in examined.value.load().exercises:
        expect(bool(exercise.name.strip()), f"{exercise.id} has no name")
        expect(
            bool(exercise.instruction.strip()),
            f"{exercise.id} has no instruction: somebody has to do it alone from these words",
        )
        expect(
            bool(exercise.sources),
            f"{exercise.id} names no source; where it is a choice of yours, say so with 'D'",
        )


def pictures(examined: Examined) -> None:
    """Pictures are read when somebody looks at them: here all are looked at."""
    library = examined.value.load()
    for exercise in library.pictures:
        library.pictures[exercise]


def translations(examined: Examined) -> None:
    """Every text that is translated is said by the library, and all of an exercise or nothing."""
    library = examined.value.load()
    told = {
        exercise.id: {exercise.name, exercise.instruction, *exercise.cues}
        for exercise in library.exercises
    }
    for code, texts in sorted(library.translations.items()):
        for english, text in texts.items():
            fault = translation_fault(english, text)
            expect(not fault, f"in '{code}', {english!r} {fault}")
        halves = sorted(
            id for id, said in told.items() if said & texts.keys() and not said <= texts.keys()
        )
        if halves:
            raise CheckWarning(
                f"in '{code}' these are translated in part, and the rest is said in English: "
                f"{', '.join(halves[:5])}"
            )


def reachable(examined: Examined) -> None:
    """Some phase of some protocol opens it, and has a dose row for it."""
    registry = _registry(examined)
    phases = [phase for name in registry.protocols for phase in registry.protocol(name).phases]
    left_out = {
        exercise.id: reason
        for exercise in examined.value.load().exercises
        if (reason := _unreachable(exercise, phases))
    }
    if left_out:
        told = "; ".join(f"{id}: {reason}" for id, reason in sorted(left_out.items())[:5])
        more = f" and {len(left_out) - 5} more" if len(left_out) > 5 else ""
        raise CheckWarning(f"no phase of any protocol opens {told}{more}")


def _unreachable(exercise: Exercise, phases: list[Phase]) -> str:
    staged = [phase for phase in phases if {*phase.open_to} & {*exercise.phases}]
    if not staged:
        return f"no phase is open to {', '.join(exercise.phases) or 'an exercise of no stage'}"
    levelled = [phase for phase in staged if phase.level_max >= exercise.level]
    if not levelled:
        return f"level {exercise.level}, at most {max(phase.level_max for phase in staged)}"
    loaded = [p for p in levelled if p.external_load or exercise.resistance != "external"]
    if not loaded:
        return "it needs a load, and these phases have none"
    role = role_of(exercise)
    if not any(role in table.roles for phase in loaded for table in phase.doses):
        return f"no dose row '{role}'"
    return ""


# --- protocols -----------------------------------------------------------------------------


def protocol_checks(examined: Examined) -> Iterator[Check]:
    """What a protocol is asked."""
    return _asked(
        examined,
        (
            ("loads", "its data is valid, its name is its id", protocol_loads),
            ("names what is there", "exercises, conditions and policies exist", sound),
            ("can be followed", "a program can be made for one of the standard people", followed),
        ),
    )


def protocol_loads(examined: Examined) -> None:
    """Valid, and of its name."""
    protocol = examined.value.load()
    expect(
        isinstance(protocol, Protocol),
        f"'load' must return a Protocol, not {type(protocol).__name__}; use load_protocol",
    )
    expect(protocol == examined.value.load(), "'load' returns something else the second time")
    expect(
        protocol.id == examined.name,
        f"its id is '{protocol.id}' and its name '{examined.name}': a profile would say one and "
        "messages the other",
    )


def sound(examined: Examined) -> None:
    """All that it names is there."""
    _registry(examined).sound_protocol(examined.name)


def followed(examined: Examined) -> None:
    """Somebody can train by it."""
    from legengine.pipeline import Pipeline, SolveOptions

    pipeline = Pipeline(_registry(examined))
    options = SolveOptions(deterministic_limit=0.05)
    told: list[str] = []
    for person in PEOPLE:
        profile = sample_profile(person, protocol=examined.name)
        try:
            opened = pipeline.open(profile, today=TODAY, start=START)
            made = list(
                pipeline.phases(opened.case, lambda _, problem: pipeline.solve(problem, options))
            )
            pipeline.program(opened, made, options)
        except (InputError, ReferralError, NoScheduleError) as refusal:
            told.append(f"{person}: {str(refusal).splitlines()[0]}")
        else:
            return
    raise CheckFailed(
        "no program can be made for any of the standard people (legengine.testing.PEOPLE): "
        + "; ".join(told)
    )


# --- readers -------------------------------------------------------------------------------


def reader_checks(examined: Examined) -> Iterator[Check]:
    """What a library reader is asked."""
    return _asked(
        examined,
        (
            ("reads its examples", "every file of 'example_files' is recognised and read", reads),
            ("looks without harm", "'recognises' says yes or no of anything", recognises),
            ("refuses rubbish", "what can't be read ends in an InputError", refuses),
        ),
    )


def _example_files(examined: Examined) -> list[Path]:
    files = [Path(file) for file in getattr(examined.value, "example_files", ())]
    if not files:
        raise CheckSkipped(
            "it names no example: add an attribute 'example_files' with paths of files to read"
        )
    return files


def reads(examined: Examined) -> None:
    """Each example is recognised and read, twice the same."""
    reader = examined.value
    for file in _example_files(examined):
        expect(file.exists(), f"its example {file.name} is not there")
        expect(reader.recognises(file), f"it does not recognise its example {file.name}")
        for options in examined.settings():
            contents: Any = reader.read(file, options)
            expect(
                isinstance(contents, LibraryContents),
                f"'read' must return LibraryContents, not {type(contents).__name__}",
            )
            expect(
                contents.library is not None or bool(contents.protocols),
                f"it finds nothing in its example {file.name}",
            )
            expect(
                reader.read(file, options) == contents, f"it reads {file.name} differently again"
            )


def recognises(examined: Examined) -> None:
    """Whatever it is shown, it raises nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for what, path in _rubbish(examined, Path(folder)):
            said: Any = examined.value.recognises(path)
            expect(isinstance(said, bool), f"'recognises' says {said!r} of {what}, not yes or no")


def refuses(examined: Examined) -> None:
    """What can't be read is an InputError."""
    options = examined.settings()[0]
    with tempfile.TemporaryDirectory() as folder:
        for what, path in _rubbish(examined, Path(folder)):
            try:
                contents = examined.value.read(path, options)
            except InputError:
                continue
            except LegengineError as error:
                raise CheckFailed(
                    f"{what} is refused with {type(error).__name__}, not InputError"
                ) from error
            except Exception as error:
                raise CheckFailed(
                    f"{what} ends in {type(error).__name__}: {error}; raise InputError with the "
                    "place and what was expected"
                ) from error
            expect(
                isinstance(contents, LibraryContents) and contents.library is None,
                f"{what} is read as if it were a library",
            )


def _rubbish(examined: Examined, folder: Path) -> Iterator[tuple[str, Path]]:
    """Files that hold rubbish, with the suffixes that it reads; a folder; nothing at all."""
    files = [Path(file) for file in getattr(examined.value, "example_files", ())]
    suffixes = sorted({file.suffix for file in files if file.is_file()}) or [".json"]
    for suffix in suffixes:
        for number, (what, content) in enumerate(RUBBISH.items()):
            path = folder / f"rubbish{number}{suffix}"
            path.write_bytes(content)
            yield f"{what} ({suffix})", path
    empty = folder / "empty"
    empty.mkdir()
    yield "an empty folder", empty
    yield "a path where nothing is", folder / "nothing.json"


__all__ = ["library_checks", "protocol_checks", "reader_checks"]
