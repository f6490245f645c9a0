"""`python -m hub COMMAND …`."""

import sys

from hub.bootstrap import main

if __name__ == "__main__":
    sys.exit(main())
