"""Simulated lives of accounts: two years of billing, paying, bouncing, correcting and closing, and what must hold.

- ``notes`` is what the simulator itself knows of what it recorded, in dates and ints;
- ``account`` is the host's side: the books, the applications that it has posted, and its conventions;
- ``owing`` bills, ``paying`` pays, ``mishaps`` undoes, ``late`` charges fees, each with its draws;
- ``months`` is a life: day after day, and at each month's end what a host does then;
- ``promises`` is what must hold at each month's end.

Nothing but seeded ``randrange`` draws here, whose numbers are the same in every version of Python.
"""
