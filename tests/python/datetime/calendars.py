# Weekdays, weeks and the ends of the calendar.
from datetime import date, datetime, timedelta

for text in ("2020-12-31", "2021-01-01", "2021-01-03", "2021-01-04", "2024-12-30", "2000-02-29", "0001-01-01", "9999-12-31"):
    day = date.fromisoformat(text)
    print(day, day.weekday(), day.isoweekday(), tuple(day.isocalendar()), day.toordinal(), date.fromordinal(day.toordinal()) == day, day.timetuple().tm_yday)  # expect: 2020-12-31 3 4 (2020, 53, 4) 737790 True 366
# expect: 2021-01-01 4 5 (2020, 53, 5) 737791 True 1
# expect: 2021-01-03 6 7 (2020, 53, 7) 737793 True 3
# expect: 2021-01-04 0 1 (2021, 1, 1) 737794 True 4
# expect: 2024-12-30 0 1 (2025, 1, 1) 739250 True 365
# expect: 2000-02-29 1 2 (2000, 9, 2) 730179 True 60
# expect: 0001-01-01 0 1 (1, 1, 1) 1 True 1
# expect: 9999-12-31 4 5 (9999, 52, 5) 3652059 True 365
year, week, weekday = date(2021, 1, 3).isocalendar()
print(year, week, weekday, date(2021, 1, 3).isocalendar().week, date(2021, 1, 3).isocalendar() == (2020, 53, 7), date(2021, 1, 3).isocalendar())  # expect: 2020 53 7 53 True datetime.IsoCalendarDate(year=2020, week=53, weekday=7)
print(sum(1 for i in range(365) if (date(2025, 1, 1) + timedelta(i)).weekday() == 6))  # expect: 52
print([date(y, 12, 28).isocalendar()[1] for y in range(2015, 2027)])  # expect: [53, 52, 52, 52, 52, 53, 52, 52, 52, 52, 52, 53]
month_ends = [(date(2024 + m // 12, m % 12 + 1, 1) - timedelta(1)).day for m in range(1, 13)]
print(month_ends, sum(month_ends))  # expect: [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] 366
first = date(2025, 1, 1)
print(first.replace(day=15), first.replace(2024, 2, 29), (first - timedelta(days=first.weekday())).isoformat())  # expect: 2025-01-15 2024-02-29 2024-12-30
print(datetime.combine(first, datetime.min.time()), datetime(2025, 1, 1).date() == first, datetime.fromordinal(739543))  # expect: 2025-01-01 00:00:00 True 2025-10-19 00:00:00
total = timedelta()
for i in range(1, 20000):
    total += timedelta(hours=i % 7, microseconds=i)
print(total, total / 19999, total.days, total.seconds)  # expect: 2499 days, 21:03:19.990000 3:00:00.010000 2499 75799
