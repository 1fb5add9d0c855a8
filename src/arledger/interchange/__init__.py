"""Facts in from other systems, and what was decided of them out again.

Data flows down: ``problems`` say what is wrong with rows, ``cells`` are read from text and ``targets`` from a cell,
``csv_rows`` gives rows by the names of their columns and ``row_reader`` reads one of them; ``facts`` makes charges and
money of them and ``accounts`` parts these, ``entry_rows`` makes entries of all kinds and ``ledgers`` parts those.
``results``, ``ledger_results`` and ``ageings`` are for other programs, ``reports`` and ``ledger_reports`` for people.
"""
