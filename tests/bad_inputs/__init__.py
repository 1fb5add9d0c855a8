"""The catalogue of bad inputs: what is refused, with which error, and in exactly which words.

A module a noun, each with ``ROWS: list[BadInput]``; ``test_catalogue`` finds every module of this folder and runs them
all. To add a noun, add a module; to add a row, write the call that must fail and what its error must say:

    BadInput(
        "money: a float",                          # unique over all modules: "noun: what is wrong"
        lambda: Money(12.34, "CAD"),               # raises when called, and not before
        InvalidType,                               # exactly this kind
        "amount",                                  # error.field
        "amount is float, not str, int or Decimal; a float is inexact: pass str, int or Decimal",
    )

The message is the whole text of the error; ``error.value`` must be there too, and of the type that the message says
is wrong. What a module needs for its calls stands in ``common``.
"""
