# Dates from text: older versions read only what they write.
from datetime import date, datetime, time, timezone

TEXTS = ["2025-10-19", "20251019", "2025-W42-7", "2025W427", "2025-W42", "2025-1-1", "2025-13-01", "2025-02-30", "2025-10-19T13:05",
         "2025-10-19 13:05:09.5", "2025-10-19T13:05:09.123", "2025-10-19T13:05:09.123456789", "2025-10-19T13:05:09Z", "2025-10-19T130509",
         "2025-10-19T13+09:00", "2025-10-19T13:05:09+0900", "2025-10-19T13:05:09-00:00", "2025-10-19T13:05:09+09:00:30.5", "2025-10-19T13:05:09,5",
         "20251019T130509Z", "2025-10-19T25:00", "2025-10-19T", "2025-10-19T13:05:", "2025-10-19T1", "2025-10-19가13:05", "2025-W42-7T13:05",
         "2025-10-19T13:05:09+24:00", "", "now", "2025-10-19T13:05:09.", "9999-12-31T23:59:59.999999+23:59"]
for text in TEXTS:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            print(text, "->", repr(read(text)))
        except ValueError as error:
            print(text, "-", error)  # expect: 2025-10-19 -> datetime.date(2025, 10, 19)
# expect: 2025-10-19 -> datetime.datetime(2025, 10, 19, 0, 0)
# expect: 20251019 -> datetime.date(2025, 10, 19)
# expect: 20251019 -> datetime.datetime(2025, 10, 19, 0, 0)
# expect: 2025-W42-7 -> datetime.date(2025, 10, 19)
# expect: 2025-W42-7 -> datetime.datetime(2025, 10, 19, 0, 0)
# expect: 2025W427 -> datetime.date(2025, 10, 19)
# expect: 2025W427 -> datetime.datetime(2025, 10, 19, 0, 0)
# expect: 2025-W42 -> datetime.date(2025, 10, 13)
# expect: 2025-W42 -> datetime.datetime(2025, 10, 13, 0, 0)
# expect: 2025-1-1 - Invalid isoformat string: '2025-1-1'
# expect: 2025-1-1 - Invalid isoformat string: '2025-1-1'
# expect: 2025-13-01 - month must be in 1..12
# expect: 2025-13-01 - month must be in 1..12
# expect: 2025-02-30 - day is out of range for month
# expect: 2025-02-30 - day is out of range for month
# expect: 2025-10-19T13:05 - Invalid isoformat string: '2025-10-19T13:05'
# expect: 2025-10-19T13:05 -> datetime.datetime(2025, 10, 19, 13, 5)
# expect: 2025-10-19 13:05:09.5 - Invalid isoformat string: '2025-10-19 13:05:09.5'
# expect: 2025-10-19 13:05:09.5 -> datetime.datetime(2025, 10, 19, 13, 5, 9, 500000)
# expect: 2025-10-19T13:05:09.123 - Invalid isoformat string: '2025-10-19T13:05:09.123'
# expect: 2025-10-19T13:05:09.123 -> datetime.datetime(2025, 10, 19, 13, 5, 9, 123000)
# expect: 2025-10-19T13:05:09.123456789 - Invalid isoformat string: '2025-10-19T13:05:09.123456789'
# expect: 2025-10-19T13:05:09.123456789 -> datetime.datetime(2025, 10, 19, 13, 5, 9, 123456)
# expect: 2025-10-19T13:05:09Z - Invalid isoformat string: '2025-10-19T13:05:09Z'
# expect: 2025-10-19T13:05:09Z -> datetime.datetime(2025, 10, 19, 13, 5, 9, tzinfo=datetime.timezone.utc)
# expect: 2025-10-19T130509 - Invalid isoformat string: '2025-10-19T130509'
# expect: 2025-10-19T130509 -> datetime.datetime(2025, 10, 19, 13, 5, 9)
# expect: 2025-10-19T13+09:00 - Invalid isoformat string: '2025-10-19T13+09:00'
# expect: 2025-10-19T13+09:00 -> datetime.datetime(2025, 10, 19, 13, 0, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400)))
# expect: 2025-10-19T13:05:09+0900 - Invalid isoformat string: '2025-10-19T13:05:09+0900'
# expect: 2025-10-19T13:05:09+0900 -> datetime.datetime(2025, 10, 19, 13, 5, 9, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400)))
# expect: 2025-10-19T13:05:09-00:00 - Invalid isoformat string: '2025-10-19T13:05:09-00:00'
# expect: 2025-10-19T13:05:09-00:00 -> datetime.datetime(2025, 10, 19, 13, 5, 9, tzinfo=datetime.timezone.utc)
# expect: 2025-10-19T13:05:09+09:00:30.5 - Invalid isoformat string: '2025-10-19T13:05:09+09:00:30.5'
# expect: 2025-10-19T13:05:09+09:00:30.5 -> datetime.datetime(2025, 10, 19, 13, 5, 9, tzinfo=datetime.timezone(datetime.timedelta(seconds=32430, microseconds=500000)))
# expect: 2025-10-19T13:05:09,5 - Invalid isoformat string: '2025-10-19T13:05:09,5'
# expect: 2025-10-19T13:05:09,5 -> datetime.datetime(2025, 10, 19, 13, 5, 9, 500000)
# expect: 20251019T130509Z - Invalid isoformat string: '20251019T130509Z'
# expect: 20251019T130509Z -> datetime.datetime(2025, 10, 19, 13, 5, 9, tzinfo=datetime.timezone.utc)
# expect: 2025-10-19T25:00 - Invalid isoformat string: '2025-10-19T25:00'
# expect: 2025-10-19T25:00 - hour must be in 0..23
# expect: 2025-10-19T - Invalid isoformat string: '2025-10-19T'
# expect: 2025-10-19T - Invalid isoformat string: '2025-10-19T'
# expect: 2025-10-19T13:05: - Invalid isoformat string: '2025-10-19T13:05:'
# expect: 2025-10-19T13:05: - Invalid isoformat string: '2025-10-19T13:05:'
# expect: 2025-10-19T1 - Invalid isoformat string: '2025-10-19T1'
# expect: 2025-10-19T1 - Invalid isoformat string: '2025-10-19T1'
# expect: 2025-10-19가13:05 - Invalid isoformat string: '2025-10-19가13:05'
# expect: 2025-10-19가13:05 -> datetime.datetime(2025, 10, 19, 13, 5)
# expect: 2025-W42-7T13:05 - Invalid isoformat string: '2025-W42-7T13:05'
# expect: 2025-W42-7T13:05 -> datetime.datetime(2025, 10, 19, 13, 5)
# expect: 2025-10-19T13:05:09+24:00 - Invalid isoformat string: '2025-10-19T13:05:09+24:00'
# expect: 2025-10-19T13:05:09+24:00 - offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).
# expect:  - Invalid isoformat string: ''
# expect:  - Invalid isoformat string: ''
# expect: now - Invalid isoformat string: 'now'
# expect: now - Invalid isoformat string: 'now'
# expect: 2025-10-19T13:05:09. - Invalid isoformat string: '2025-10-19T13:05:09.'
# expect: 2025-10-19T13:05:09. - Invalid isoformat string: '2025-10-19T13:05:09.'
# expect: 9999-12-31T23:59:59.999999+23:59 - Invalid isoformat string: '9999-12-31T23:59:59.999999+23:59'
# expect: 9999-12-31T23:59:59.999999+23:59 -> datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=datetime.timezone(datetime.timedelta(seconds=86340)))
for text in ("13:05", "T13:05", "13", "1305", "13:05:09.001", "13:05Z", "13:05+09:00", "25:00", "13:5", "", "13:05:09+"):
    try:
        print(text, "->", repr(time.fromisoformat(text)))
    except ValueError as error:
        print(text, "-", error)  # expect: 13:05 -> datetime.time(13, 5)
# expect: T13:05 -> datetime.time(13, 5)
# expect: 13 -> datetime.time(13, 0)
# expect: 1305 -> datetime.time(13, 5)
# expect: 13:05:09.001 -> datetime.time(13, 5, 9, 1000)
# expect: 13:05Z -> datetime.time(13, 5, tzinfo=datetime.timezone.utc)
# expect: 13:05+09:00 -> datetime.time(13, 5, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400)))
# expect: 25:00 - hour must be in 0..23
# expect: 13:5 - Invalid isoformat string: '13:5'
# expect:  - Invalid isoformat string: ''
# expect: 13:05:09+ - Invalid isoformat string: '13:05:09+'
print(datetime.strptime("19 Oct 2025 13:05", "%d %b %Y %H:%M"), datetime.strptime("2025-10-19 +0900", "%Y-%m-%d %z"), datetime.strptime("1:2", "%H:%M").time())  # expect: 2025-10-19 13:05:00 2025-10-19 00:00:00+09:00 01:02:00
for text, form in (("x", "%Y"), ("2025 x", "%Y"), ("2025", "%Q"), ("2025-02-30", "%Y-%m-%d")):
    try:
        print(datetime.strptime(text, form))
    except ValueError as error:
        print(error)  # expect: time data 'x' does not match format '%Y'
# expect: unconverted data remains:  x
# expect: 'Q' is a bad directive in format '%Q'
# expect: day is out of range for month
for wrong in ("date.fromisoformat(5)", "datetime.strptime('2025')", "datetime.strptime(5, '%Y')", "date.fromisocalendar(2025, 54, 1)",
              "date.fromisocalendar(2025, 1, 8)", "date.fromisocalendar(0, 1, 1)", "date.fromordinal(0)", "date.fromordinal('a')", "date.fromisocalendar(2**80, 1, 1)"):
    try:
        print(eval(wrong))
    except Exception as error:
        print(wrong, "-", type(error).__name__, error)  # expect: date.fromisoformat(5) - TypeError fromisoformat: argument must be str
# expect: datetime.strptime('2025') - TypeError strptime() takes exactly 2 arguments (1 given)
# expect: datetime.strptime(5, '%Y') - TypeError strptime() argument 1 must be str, not int
# expect: date.fromisocalendar(2025, 54, 1) - ValueError Invalid week: 54
# expect: date.fromisocalendar(2025, 1, 8) - ValueError Invalid day: 8 (range is [1, 7])
# expect: date.fromisocalendar(0, 1, 1) - ValueError Year is out of range: 0
# expect: date.fromordinal(0) - ValueError ordinal must be >= 1
# expect: date.fromordinal('a') - TypeError 'str' object cannot be interpreted as an integer
# expect: date.fromisocalendar(2**80, 1, 1) - ValueError ISO calendar component out of range
print(date.fromisocalendar(2020, 53, 7), date.fromordinal(739543), date.fromordinal(1), date(2021, 1, 3).isocalendar(), tuple(date(2021, 1, 4).isocalendar()))  # expect: 2021-01-03 2025-10-19 0001-01-01 datetime.IsoCalendarDate(year=2020, week=53, weekday=7) (2021, 1, 1)
