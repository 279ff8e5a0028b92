"""The identity of a profile."""

from __future__ import annotations

import hashlib
import json

from legengine.domain.profile import Profile


def profile_hash(profile: Profile) -> str:
    """SHA-256 of the canonical JSON of a profile."""
    data = profile.model_dump(mode="json")
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
