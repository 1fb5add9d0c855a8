"""What a month and a bill come to, and what deposits hold and earn.

``proration`` counts the days of a part of a period, ``prices`` holds amounts that change on dates, ``prorated`` makes
one amount of both, with its reason. A ``lease`` says what was agreed; a ``billing_type``, ``taxes`` and a ``policy``
say how it is billed. ``cycles`` has the dates of each billing period, ``lines`` what the period comes to,
``differences`` what of that is left to bill, ``bills`` the bill. ``holdings`` are deposits paid, ``interest`` what they
earn by an ``accrual`` convention, and ``settlement`` what becomes of them at the end.
"""
