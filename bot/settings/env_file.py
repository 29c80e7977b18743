"""Reading a `.env` file: one `NAME=value` a line, comments, quotes, an `export` in front."""

import re
from pathlib import Path

_LINE = re.compile(r"(?:export\s+)?(?P<name>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*)")
_QUOTED = re.compile(r"""(?P<quote>["'])(?P<inside>.*)(?P=quote)\s*(?:\#.*)?""")
_COMMENT = re.compile(r"\s+#.*")


def read_env_file(path: Path) -> tuple[dict[str, str], list[str]]:
    """Return the variables of the file, and a line for each problem; a file that is missing has neither.

    A value may stand in quotes, and is then taken as it is; without quotes it ends where a comment begins.
    Values are never repeated in a problem.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{path.name} cannot be read ({type(error).__name__}): it should be a UTF-8 text file"]
    values: dict[str, str] = {}
    problems: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _LINE.fullmatch(stripped)
        if match is None:
            problems.append(f"{path.name}, line {number}, is not understood: it should be NAME=value")
            continue
        values[match["name"]] = _value(match["value"])
    return values, problems


def _value(written: str) -> str:
    quoted = _QUOTED.fullmatch(written)
    if quoted is not None:
        return quoted["inside"]
    return _COMMENT.sub("", written).strip()
