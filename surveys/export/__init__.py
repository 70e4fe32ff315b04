"""HR's files: what was published of a round as tables for spreadsheets. No input or output, no clock.

`Wanted` says what is asked for; `skills.py` and `telework.py` make a book of it from publications alone. So a file shows no
number that the screens do not show, and there is no file with a row for each respondent.
"""
