"""One exception for everything a user can put right: a clear line, exit 2."""
import sys


class Bad(Exception):
    """Bad input: the message names the file and the reason."""


def run_main(name, main):
    """Calls main(); a Bad ends as one line on stderr and exit 2."""
    try:
        sys.exit(main() or 0)
    except Bad as e:
        print(f"{name}: {e}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
