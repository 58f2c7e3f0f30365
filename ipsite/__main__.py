"""Every start, `ipsite` and `python -m ipsite`: there are streams, and Ctrl-C is told of in words from then on, as is
whatever else ends us: pages of a plan are not to be left in a folder that nobody knows of.

Loading the rest takes a tenth of a second. Ctrl-C ends that at once and is not raised: some of what is loaded takes an
exception for a fault of its own, or says that it is ignored.
"""

import os
import sys


def main() -> None:
    """Run the command that was written."""
    _fill_streams()
    try:
        import signal

        heard = signal.getsignal(signal.SIGINT)
        if heard is signal.default_int_handler:  # and not one that lets it pass, as for work in the background
            signal.signal(signal.SIGINT, _stop)
            for name in ("SIGTERM", "SIGHUP"):  # a program ends us, or whoever closes the window
                number = getattr(signal, name, None)
                if number and signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(number, lambda *_: signal.raise_signal(signal.SIGINT))
        from ipsite.cli import main as command

        if signal.getsignal(signal.SIGINT) is _stop:
            signal.signal(signal.SIGINT, heard)
    except KeyboardInterrupt:  # before it was listened for
        _stop()
    command()


def _fill_streams() -> None:
    """Who starts us may have closed standard streams. A file that we open would get the number of one, and what some
    library writes there would stand in it; and MkDocs and click need something to read from."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", errors="replace", closefd=False))  # noqa: SIM115 - as long as we run


def _stop(*_: object) -> None:
    """Say what `ipsite.commands.swedish` says of Ctrl-C, and end: nothing has been begun."""
    try:
        os.write(2, b"\nAvbrutet.\n")
    finally:
        os._exit(130)


if __name__ == "__main__":
    main()
