"""Facts in from other systems, and what was decided of them out again.

Data flows down: ``problems`` say what is wrong with rows, ``cells`` are read from text and ``targets`` from a cell,
``csv_rows`` gives rows by the names of their columns, ``facts`` makes charges and money of them and ``accounts`` parts
these; ``results`` are for other programs, ``reports`` for people.
"""
