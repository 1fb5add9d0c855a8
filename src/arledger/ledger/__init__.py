"""Facts over time: the ledger of an account, and what it comes to as of a day.

Data flows down: ``books`` holds the entries, ``lives`` says where each payment is on its way, and ``events`` puts all
in order; ``held`` is what given applications keep, ``placing`` who gets the money of a moment, ``waiting`` what of it
is left; ``fold`` goes through the days, with a few ``lookups``, and gives ``rows``. From them ``balances``, ``history``
and ``story`` make a ``position``; ``timeline`` is replay.

Positions are what ``difference``, ``unearned``, ``ageing``, ``statement`` and ``control`` are read from.
"""
