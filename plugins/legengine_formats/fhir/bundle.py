"""A bundle and its entries: ids that stay, references between them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from legengine_formats.fhir.codes import BUNDLE

Resource = dict[str, Any]
"""A resource as JSON holds it."""


def resource(kind: str, id: uuid.UUID, **fields: Any) -> Resource:
    """A resource; fields that are empty are left out, as the standard asks."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return {"resourceType": kind, "id": str(id), **kept}


def reference(to: Resource | str) -> dict[str, str]:
    """A reference to a resource of the bundle, or to one of the record by its name."""
    return {"reference": to if isinstance(to, str) else f"urn:uuid:{to['id']}"}


def bundle(id: uuid.UUID, day: dt.date, resources: Sequence[Resource]) -> Resource:
    """The whole, as of a day."""
    entries = [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources]
    return resource(
        "Bundle",
        id,
        identifier={"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id}"},
        type=BUNDLE,
        timestamp=f"{day.isoformat()}T00:00:00Z",
        entry=entries,
    )
