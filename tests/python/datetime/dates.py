# Dates, times and their arithmetic.
from datetime import date, datetime, time, timedelta, timezone

d = date(2025, 10, 19)
t = datetime(2024, 2, 29, 13, 5, 9, 123456, tzinfo=timezone(timedelta(hours=9), "KST"))
print(d, repr(d), d.weekday(), d.isoformat(), tuple(d.isocalendar()), d.replace(day=1), d + timedelta(days=30), d - date(2025, 1, 1), d.toordinal())  # expect: 2025-10-19 datetime.date(2025, 10, 19) 6 2025-10-19 (2025, 42, 7) 2025-10-01 2025-11-18 291 days, 0:00:00 739543
print(t, repr(t), t.astimezone(timezone.utc), t.isoformat(timespec="minutes"), t.utcoffset(), t.timestamp(), t.date(), t.timetz())  # expect: 2024-02-29 13:05:09.123456+09:00 datetime.datetime(2024, 2, 29, 13, 5, 9, 123456, tzinfo=datetime.timezone(datetime.timedelta(seconds=32400), 'KST')) 2024-02-29 04:05:09.123456+00:00 2024-02-29T13:05+09:00 9:00:00 1709179509.123456 2024-02-29 13:05:09.123456+09:00
print(t.strftime("%Y-%m-%d %H:%M:%S %a %b %j %p %% %z %Z"), datetime.strptime("2024-03-05 07:08", "%Y-%m-%d %H:%M"))  # expect: 2024-02-29 13:05:09 Thu Feb 060 PM % +0900 KST 2024-03-05 07:08:00
print(datetime.fromisoformat("2024-01-02T03:04:05+09:00"), date.fromisoformat("2024-W01-1"), time.fromisoformat("04:05:06.7"))  # expect: 2024-01-02 03:04:05+09:00 2024-01-01 04:05:06.700000
print(timedelta(days=1, hours=-2, microseconds=5), repr(timedelta(seconds=3661)), timedelta(minutes=5) / 2, timedelta(1) // timedelta(hours=5),
      timedelta(hours=3).total_seconds(), -timedelta(1), abs(-timedelta(1)), divmod(timedelta(1), timedelta(hours=7)))
# expect: 22:00:00.000005 datetime.timedelta(seconds=3661) 0:02:30 4 10800.0 -1 day, 0:00:00 1 day, 0:00:00 (3, datetime.timedelta(seconds=10800))
print(d < date(2026, 1, 1), d == datetime(2025, 10, 19), sorted([date(2, 1, 1), date.min]), hash(d) == hash(date(2025, 10, 19)), date.max, time(1, 2), timezone.utc)  # expect: True False [datetime.date(1, 1, 1), datetime.date(2, 1, 1)] True 9999-12-31 01:02:00 UTC
for bad in [lambda: date(2025, 13, 1), lambda: date(2025, 2, 29), lambda: datetime.fromisoformat("x"),
            lambda: t - datetime(2024, 1, 1), lambda: timedelta(days=10**9), lambda: datetime.strptime("x", "%Y"), lambda: time(25)]:
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
# expect: ValueError month must be in 1..12
# expect: ValueError day is out of range for month
# expect: ValueError Invalid isoformat string: 'x'
# expect: TypeError can't subtract offset-naive and offset-aware datetimes
# expect: OverflowError days=1000000000; must have magnitude <= 999999999
# expect: ValueError time data 'x' does not match format '%Y'
# expect: ValueError hour must be in 0..23
