"""What the options about output ask for, and the outputs that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from legengine.cli.files import refuse_to_overwrite
from legengine.errors import Fault, InputError

if TYPE_CHECKING:
    from legengine.domain.profile import Profile
    from legengine.hooks.registry import Registry
    from legengine.language import Unit

SUMMARY: Final = "terminal"
"""The format for people, where none is asked for."""

Rename = Callable[[Path], Sequence[Path]]
"""Says under which names a file is written."""


@dataclass(frozen=True, slots=True)
class Output:
    """One thing to write: a format, and a file or standard output."""

    format: str
    path: Path | None = None
    folder: Path | None = None
    """Where a format that makes several files writes them, if not into one archive."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What ``--format``, ``--output``, ``--force``, ``--language`` and ``--unit`` say."""

    formats: tuple[str, ...] = ()
    paths: tuple[Path, ...] = ()
    force: bool = False
    language: str | None = None
    mass_unit: Unit | None = None

    @property
    def anything(self) -> bool:
        """Whether an output is asked for."""
        return bool(self.formats or self.paths)

    def places(self, default: str, *, keep: Sequence[Path], rename: Rename | None = None) -> Places:
        """Join formats and places, and refuse what can't be written, before any work is done.

        ``keep`` are files that are read, ``rename`` says under which names a file is written.

        Raises:
            InputError: a file exists already, or can't be written.
        """
        places = Places(self, tuple(self._pairs(default)), tuple(keep))
        files = [path for _, path in places.pairs if path is not None and not path.is_dir()]
        written = files if rename is None else [new for path in files for new in rename(path)]
        refuse_to_overwrite(written, force=self.force, keep=keep)
        return places

    def _pairs(self, default: str) -> list[tuple[str | None, Path | None]]:
        places = [None if str(path) == "-" else path for path in self.paths]
        if not places:
            return [(name, None) for name in self.formats or (default,)]
        if len(places) == 1 and places[0] is not None and len(self.formats) > 1:
            if not places[0].is_dir():
                raise click.UsageError(
                    f"{len(self.formats)} formats and one place: '{places[0]}' is not a directory;"
                    " make it first, or give one -o for each -f"
                )
            return [(name, places[0]) for name in self.formats]
        if len(self.formats) not in (0, 1, len(places)):
            raise click.UsageError(
                f"{len(self.formats)} formats for {len(places)} files: give none (the suffix "
                "decides), one for all, or one for each"
            )
        names: list[str | None] = [*self.formats] * (len(places) if len(self.formats) == 1 else 1)
        if not names:
            names = [default if place is None else None for place in places]
        return list(zip(names, places, strict=True))


@dataclass(frozen=True, slots=True)
class Places:
    """Formats and where they go; the format of a file without one follows from its suffix."""

    asked: Asked
    pairs: tuple[tuple[str | None, Path | None], ...]
    keep: tuple[Path, ...] = ()

    @property
    def files(self) -> list[Path]:
        """The places that are not standard output."""
        return [path for _, path in self.pairs if path is not None]

    def outputs(self, registry: Registry, source: Path, profile: Profile) -> list[Output]:
        """The outputs; those that go into a directory are named after the file that is read.

        Raises:
            InputError: there is no such format or language, a package that a format needs is
                missing, or a file exists already.
        """
        from legengine.hooks.needs import refuse_missing

        if self.asked.language:
            registry.language(self.asked.language, field="--language")
        else:
            registry.language(profile.language, field="language")
        outputs = [self._output(registry, name, path, source) for name, path in self.pairs]
        for (name, path), output in zip(self.pairs, outputs, strict=True):
            field = "--format" if name or path is None else str(path)
            refuse_missing(registry, output.format, field=field)
        inside = [output for output in outputs if output.folder is not None]
        force, keep = self.asked.force, self.keep
        refuse_to_overwrite([out.path for out in inside if out.path], force=force, keep=keep)
        refuse_to_overwrite([out.folder for out in inside if out.folder], force=force, folders=True)
        return outputs

    def _output(
        self, registry: Registry, name: str | None, path: Path | None, source: Path
    ) -> Output:
        if path is None or not path.is_dir():
            return Output(format_of(registry, name, path), path)
        if name is None:
            hint = f"say which with -f: {', '.join(registry.formats)}"
            raise InputError(
                [Fault("is a directory, and no format is given", str(path), hint=hint)]
            )
        format = format_of(registry, name, None)
        stem = "program" if str(source) == "-" else source.name.partition(".")[0] or "program"
        suffix = registry.formats[format].suffixes[0]
        return Output(format, path / f"{stem}{suffix}", path / f"{stem}-{format}")


def format_of(registry: Registry, name: str | None, path: Path | None) -> str:
    """Check that a format is there; find it by the suffix where it has no name."""
    if name is not None:
        registry.require("formats", name, field="--format")
        return name
    file = "" if path is None else path.name.lower()
    suffixes = {
        suffix: sorted(other for other, it in registry.formats.items() if suffix in it.suffixes)
        for format_ in registry.formats.values()
        for suffix in format_.suffixes
    }
    matching = [suffix for suffix in suffixes if file.endswith(suffix) and file != suffix]
    if not matching:
        known = ", ".join(sorted(suffixes))
        raise InputError(
            [Fault("no format has this suffix", str(path), hint=f"known: {known}; or give -f")]
        )
    found = suffixes[max(matching, key=len)]
    if len(found) > 1:
        hint = "say which with -f: " + ", ".join(found)
        raise InputError([Fault("several formats have this suffix", str(path), hint=hint)])
    return found[0]
