"""Says whether a plugin fits this legengine, by what it and its distribution say of themselves."""

from __future__ import annotations

from collections.abc import Iterable

from legengine.hooks import contracts


def wrong_api(plugin: object) -> tuple[bool, str]:
    """Whether it was written for another contract than this, and what is wrong with what it says.

    ``LEGENGINE_API`` of a module is the version of the contract that it was written for; without
    it a plugin is taken for one of today.
    """
    version = getattr(plugin, "LEGENGINE_API", contracts.API_VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return False, f"LEGENGINE_API must be a number from 1, not {version!r}"
    written = f"it is written for version {version} of the plugin contract, and this legengine"
    if version > contracts.API_VERSION:
        return True, f"{written} has version {contracts.API_VERSION}; update legengine"
    if version < contracts.OLDEST_API_VERSION:
        return True, (
            f"{written} takes versions {contracts.OLDEST_API_VERSION} to {contracts.API_VERSION}; "
            "a newer release of the plugin is needed"
        )
    return False, ""


def wrong_requirement(requirements: Iterable[str], version: str) -> tuple[bool, str]:
    """Whether a distribution asks for another legengine, and what is wrong with what it asks.

    Installers can be bypassed, so what they would have refused is refused here. ``requirements``
    are the lines ``Requires-Dist`` about legengine; ``version`` is empty where legengine runs
    without being installed, and then nothing can be said.
    """
    if not version:
        return False, ""
    for text in requirements:
        # Only what says which legengine it needs pays for the import.
        from packaging.requirements import InvalidRequirement, Requirement

        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            return False, f"its metadata can't be read: 'Requires-Dist: {text}'"
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            return True, (
                f"it needs legengine{requirement.specifier}, and this is legengine {version}; "
                "install versions that fit together"
            )
    return False, ""


__all__ = ["wrong_api", "wrong_requirement"]
