"""Reads YAML that people edit, and says what is wrong with it.

Every error names the file, the entry, the key and what to do. Knows no file in particular.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline import Refused

# Reads the same as yaml.SafeLoader, eight times as fast, which every stage notices; not every build of PyYAML has it.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
M = TypeVar("M", bound=BaseModel)
# What to do about a value, by pydantic's name for what is wrong with it, where its own words leave that open.
DATE = "no date; write it as 2007-04-19, without quotation marks"
WHAT_TO_WRITE = {
    "missing": "the key is missing; add it",
    "string_type": "text is expected; put it in quotation marks",
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
}


class PackError(Refused):
    """A YAML file does not say what it must; the message names file, entry and fix."""


class Strict(BaseModel):
    """A model to which an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_mapping(file: Path) -> dict[str, Any]:
    """The keys of a YAML file.

    Raises:
        PackError: the file is missing, no YAML, or holds no keys at its top level.
    """
    try:
        data = yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)
    except FileNotFoundError:
        raise PackError(f"{file} is missing; see raw/README.md and docs/packs.md for what it holds") from None
    except (yaml.YAMLError, ValueError) as error:  # a ValueError: a date that no calendar has
        raise PackError(f"{file} is not valid YAML: {error}") from error
    if not isinstance(data, dict):
        raise PackError(f"{file}: expected keys with values at the top level, found {type(data).__name__}")
    return data


def validated(model: type[M], data: Any, file: Path, entry: str = "") -> M:
    """`data` as a model; `entry` names which entry of the file it is, where it is not the whole.

    Raises:
        PackError: it is not; the message names the file, the entry, the key, and keys that are near.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        problems = []
        for problem in error.errors():
            text = WHAT_TO_WRITE.get(problem["type"], problem["msg"]).removeprefix("Value error, ")
            if problem["type"] == "extra_forbidden":
                allowed = sorted(_model_at(model, problem["loc"][:-1]).model_fields)
                near = nearest(str(problem["loc"][-1]), allowed)
                text = f"unknown key; near it is {near}; allowed: {', '.join(allowed)}"
            elif problem["type"] != "missing" and isinstance(problem["input"], str | int | float):
                text = f"{problem['input']!r}: {text}"
            problems.append(f"{_place(data, problem['loc'])}: {text}")
        raise PackError(f"{file}: " + (f"{entry}: " if entry else "") + "; ".join(problems)) from error


def _place(data: Any, path: tuple[int | str, ...]) -> str:
    """Where in the file: the keys that lead there, entries of a list by the id that they give themselves."""
    names = []
    for key in path:
        try:
            data = data[key]
        except (LookupError, TypeError):
            data = None
        own = data.get("doc_id") or data.get("id") if isinstance(key, int) and isinstance(data, dict) else None
        names.append(str(own or key))
    return ".".join(names)


def _model_at(model: type[BaseModel], path: tuple[int | str, ...]) -> type[BaseModel]:
    """The model of a part of a model, by the keys and indices that lead to it."""
    for key in path:
        if isinstance(key, str) and key in model.model_fields:
            model = _model_in(model.model_fields[key].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that an annotation holds (in a list, an option), if any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part))), None)


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice that a word is most like, in quotes; for messages."""
    from rapidfuzz.process import extractOne  # noqa: PLC0415 - only for messages

    found = extractOne(word, list(choices))
    return repr(found[0]) if found else "none"
