"""What stands in a YAML file, and in which line?"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from naeum.errors import InputError

Place = tuple[Any, ...]  # keys and positions from the top


@dataclass(frozen=True)
class Marked:
    """A YAML document with the line, from 1, of every key and item."""

    name: str
    content: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def refusal(self, place: Place, sentence: str) -> InputError:
        """The error that names file and line of the nearest place that is known."""
        while place and place not in self.lines:
            place = place[:-1]
        return InputError(f"{self.name}, line {self.lines.get(place, 1)}: {sentence}")


def read_marked(text: str, name: str) -> Marked:
    """Parse YAML; plain values only.

    Raises:
        InputError: it is no YAML, or a key stands twice.

    Example:
        >>> marked = read_marked("rows: 3\\ncolumns:\\n  나이: {type: whole}\\n", "a.yaml")
        >>> marked.content["columns"], marked.lines["columns", "나이"]
        ({'나이': {'type': 'whole'}}, 3)
    """
    import yaml

    lines: dict[Place, int] = {}
    loader: Any = None
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        marked = Marked(name, None, lines)
        content = None if node is None else _built(loader, node, (), marked)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError(
            f"{name}, line {line}: expectations must be YAML; {error.problem or error}; correct the line"
        ) from error
    except yaml.YAMLError as error:
        raise InputError(f"{name} must be YAML; {str(error).splitlines()[0]}; correct it") from error
    finally:
        if loader is not None:
            loader.dispose()
    return Marked(name, content, lines)


def read_file(path: Path) -> Marked:
    """Parse the YAML file at `path`.

    Raises:
        InputError: there is no such file, or it is no YAML.
    """
    try:
        return read_marked(path.read_text(encoding="utf-8"), path.name)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} must be UTF-8 text; it is not; save it as UTF-8") from error
    except (FileNotFoundError, IsADirectoryError) as error:
        raise InputError(
            f"expectations must be a YAML file; there is none at {path}; make one with naeum expect init"
        ) from error


def _built(loader: Any, node: Any, place: Place, marked: Marked) -> Any:
    import yaml

    marked.lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        made: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = loader.construct_object(key_node, deep=True)
            inside = (*place, key)
            marked.lines[inside] = key_node.start_mark.line + 1
            if key in made:
                raise marked.refusal(inside, f"a key must stand once; {key!r} stands twice; take one out")
            made[key] = _built(loader, value_node, inside, marked)
        return made
    if isinstance(node, yaml.SequenceNode):
        return [_built(loader, item, (*place, at), marked) for at, item in enumerate(node.value)]
    return loader.construct_object(node, deep=True)
