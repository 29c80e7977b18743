"""A measure that is ended ends what it has started."""

import signal


def end_on_sigterm() -> None:
    """Let SIGTERM interrupt this process as Ctrl-C does: blocks are left in order, with the processes in them."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
