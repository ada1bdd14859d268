"""`python -m contested`."""

import sys

from contested.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
