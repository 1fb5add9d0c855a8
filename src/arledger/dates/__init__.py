"""Civil dates: stretches of them, and when things come again.

``period`` holds a stretch of days, ``months`` the arithmetic of months and the days that anchor it, ``frequency`` the
periods that follow each other without gap or overlap, ``workdays`` what becomes of a day on which nobody works. No
clock, no time zone.
"""
