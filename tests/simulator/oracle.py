"""aiogram's models as a second opinion on requests, answers and updates; for tests only.

aiogram knows every method and type of Bot API 10.3 with its fields and their types, but no lengths.
It takes seconds to import, so that only those who ask do it.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from aiogram.methods.base import TelegramMethod


@cache
def _models() -> "dict[str, type[TelegramMethod[Any]]]":
    from aiogram import methods  # noqa: PLC0415 - see above
    from aiogram.methods.base import TelegramMethod  # noqa: PLC0415

    found = (getattr(methods, name) for name in methods.__all__ if name != "TelegramMethod")
    return {
        each.__api_method__.lower(): each
        for each in found
        if isinstance(each, type) and issubclass(each, TelegramMethod)
    }


def unknown_parameters(method: str, params: Mapping[str, Any]) -> list[str]:
    """What is wrong with a request: names the Bot API does not know, wrong types, missing names.

    Looks into objects such as keyboards, too. Names that the Bot API has retired count as unknown.

    Args:
        method: in any case, e.g. "sendMessage".
        params: decoded, as `Call.params` has them.

    Returns:
        One line each, e.g. "sendMessage: unknown reply_markup.inline_keyboard.0.0.color".
    """
    model = _models().get(method.lower())
    if model is None:
        return [f"{method}: there is no such method"]
    fields = model.model_fields
    problems = [f"{method}: unknown {name}" for name in params if name not in fields]
    problems += [
        f"{method}: retired {name}"
        for name in params
        if name in fields and _is_retired(fields[name].json_schema_extra)
    ]
    known = {name: value for name, value in params.items() if name in fields}
    return problems + [f"{method}: {line}" for line in _problems(TypeAdapter(model), known)]


def update_problems(update: Mapping[str, Any]) -> list[str]:
    """What is wrong with an update as the simulator sends it; empty when nothing is."""
    from aiogram.types import Update  # noqa: PLC0415 - see above

    return [f"Update: {line}" for line in _problems(TypeAdapter(Update), update)]


def answer_problems(method: str, result: Any) -> list[str]:
    """What is wrong with the `result` of a method's answer; empty when nothing is."""
    returned = _returning(method.lower())
    return [f"{method} returned: {line}" for line in _problems(returned, result)]


@cache
def _returning(method: str) -> TypeAdapter[Any]:
    return TypeAdapter(_models()[method].__returning__)


def _is_retired(extra: Any) -> bool:
    return isinstance(extra, dict) and bool(extra.get("deprecated"))


def _problems(adapter: TypeAdapter[Any], value: Any) -> list[str]:
    try:
        parsed = adapter.validate_python(value)
    except ValidationError as error:
        return [
            f"{problem['msg']} at {'.'.join(map(str, problem['loc']))}"
            for problem in error.errors(include_url=False)
        ]
    return [f"unknown {path}" for path in _extras(parsed)]


def _extras(value: Any, path: str = "") -> Iterator[str]:
    """Paths of everything that the models have no field for."""
    if isinstance(value, BaseModel):
        yield from (f"{path}{name}" for name in value.model_extra or {})
        for name in type(value).model_fields:
            yield from _extras(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _extras(item, f"{path}{index}.")
