"""Every start, `ipsite` and `python -m ipsite`: Ctrl-C is told of in words from the first moment on.

Loading the rest takes a tenth of a second. Ctrl-C ends that at once and is not raised: some of what is loaded takes an
exception for a fault of its own, or says that it is ignored.
"""

import os


def main() -> None:
    """Run the command that was written."""
    try:
        import signal

        heard = signal.getsignal(signal.SIGINT)
        if heard is signal.default_int_handler:  # and not one that lets it pass, as for work in the background
            signal.signal(signal.SIGINT, _stop)
        from ipsite.cli import main as command

        if signal.getsignal(signal.SIGINT) is _stop:
            signal.signal(signal.SIGINT, heard)
    except KeyboardInterrupt:  # before it was listened for
        _stop()
    command()


def _stop(*_: object) -> None:
    """Say what `ipsite.commands.swedish` says of Ctrl-C, and end: nothing has been begun."""
    try:
        os.write(2, b"\nAvbrutet.\n")
    finally:
        os._exit(130)


if __name__ == "__main__":
    main()
