"""What a month and a bill come to, and what deposits hold and earn.

``proration`` counts the days of a part of a period, ``prices`` holds amounts that change on dates, ``prorated`` makes
one amount of both, with its reason. ``cycles`` has the dates of each billing period. A ``lease`` and a ``policy`` make
``bills``: charges and credits, with ``taxes`` about them and ``adjustments`` to them. ``holdings`` are deposits paid,
``interest`` what they earn by an ``accrual`` convention, and ``settlement`` what becomes of them at the end.
"""
