"""What it costs to be late: the algebra of fee amounts, late fees, interest, returned payments, small balances.

A rule says how a fee is worked out; a function proposes charges (or credits) by a rule and a position, with every step
of it. Nothing here changes a ledger: the host records what is proposed, or does not.

Source: rules R33 to R40.
"""
