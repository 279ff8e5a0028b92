"""What the person eats: it decides which foods the advice names and over how many meals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from legengine.domain.section import Section, as_list

Diet = Literal["omnivore", "pescatarian", "vegetarian", "vegan"]
Food = Literal[
    "meat",
    "poultry",
    "fish",
    "eggs",
    "dairy",
    "lactose",
    "legumes",
    "soy",
    "nuts",
    "seeds",
    "gluten",
]
"""What a person may leave out, by choice or by allergy."""


class Nutrition(Section):
    """What the person eats. It decides examples and meals, never an amount."""

    diet: Diet = "omnivore"
    avoid: Annotated[
        tuple[Food, ...], BeforeValidator(as_list, json_schema_input_type=Food | tuple[Food, ...])
    ] = Field(default=(), description="foods left out, by choice or by allergy")
    meals: int | None = Field(default=None, ge=3, le=5, description="meals a day with protein")
