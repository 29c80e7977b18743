"""What commands write: results to standard output, problems to standard error."""

from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def problem(line: str) -> None:
    """Say what is wrong, in one line."""
    err.print(line, style="red", markup=False, soft_wrap=True)


def say(line: str) -> None:
    """Say one line of a result, without markup."""
    out.print(line, markup=False, soft_wrap=True)
