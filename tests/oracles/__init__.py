"""Oracles: second opinions on the rules, written from the rules' text and sharing no code with arledger.

A module a method, each with its own reading of the rules and its own arithmetic; of arledger they read the fields of
facts and nothing else.

- ``units`` moves one minor unit at a time, and sorts by comparing pairs;
- ``brute_force`` tries every split there is, and keeps the one that the definition of the largest remainder asks for;
- ``closed_form`` serves any size and every feature, with tuples to sort by and Fractions to share by;
- ``compositions`` builds orders from the orders of ``closed_form``;
- ``days`` decides of each day whether a period starts on it, ``days_counted`` what it adds to a proration,
  ``interest_by_day`` what a deposit earns on it.

``generate`` draws accounts from a seed, ``account`` is what all of them speak of, and ``smallest`` cuts an account on
which two opinions differ down to what matters.
"""
