"""All that a company's settings say, by scope: which holds for a lease, and where it comes from.

``finance`` has the sections as one value, of which ``allocation`` is one that is made here; ``sections`` and ``layers``
say which settings there are and who says them, ``merging`` what comes of it, and ``words`` how it is told.
"""
