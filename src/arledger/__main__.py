"""``python -m arledger``: the command line."""

from arledger.cli import main

raise SystemExit(main())
