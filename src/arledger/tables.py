"""Plain text tables, for explanations and for the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence


def text_table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows under a header and a rule, each column as wide as its widest cell; those in ``right`` aligned right.

    >>> print(text_table(["charge", "open"], [["R-03", "1770.00"], ["L-02", "0.00"]], right=[1]))
    charge     open
    ------  -------
    R-03    1770.00
    L-02       0.00
    """
    body = [list(map(str, row)) for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *body, strict=True)]
    rule = ["-" * width for width in widths]
    return "\n".join(_line(cells, widths, right) for cells in (list(header), rule, *body))


def _line(cells: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    padded = (
        cell.rjust(width) if column in right else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(padded).rstrip()
