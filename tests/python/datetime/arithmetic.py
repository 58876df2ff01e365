# Sums, differences, multiples and quotients.
from datetime import date, datetime, time, timedelta, timezone

leap = date(2024, 2, 28)
print(leap + timedelta(1), leap + timedelta(2), leap - timedelta(366), date(2024, 3, 1) - leap, leap - leap)  # expect: 2024-02-29 2024-03-01 2023-02-27 2 days, 0:00:00 0:00:00
print(timedelta(days=1.5, hours=-36), timedelta(weeks=1, milliseconds=1), timedelta(microseconds=1.5), timedelta(microseconds=2.5))  # expect: 0:00:00 7 days, 0:00:00.001000 0:00:00.000002 0:00:00.000002
hour = timedelta(hours=1)
print(hour * 24, 1.5 * hour, hour / 7, hour // 7, hour / timedelta(minutes=7), hour // timedelta(minutes=7), hour % timedelta(minutes=7))  # expect: 1 day, 0:00:00 1:30:00 0:08:34.285714 0:08:34.285714 8.571428571428571 8 0:04:00
print(divmod(-hour, timedelta(minutes=7)), -hour, +hour, abs(-hour), bool(timedelta()), bool(hour), hour * 0.1, hour / 0.3)  # expect: (-9, datetime.timedelta(seconds=180)) -1 day, 23:00:00 1:00:00 1:00:00 False True 0:06:00 3:20:00
print(timedelta(microseconds=-5) / 2, timedelta(microseconds=5) / 2, timedelta(microseconds=3) / 2, timedelta(microseconds=-5) // 2)  # expect: -1 day, 23:59:59.999998 0:00:00.000002 0:00:00.000002 -1 day, 23:59:59.999997
print(hour.total_seconds(), timedelta.max.total_seconds(), (-timedelta(microseconds=1)).total_seconds())  # expect: 3600.0 86400000000000.0 -1e-06
print((-hour).days, (-hour).seconds, (-hour).microseconds, repr(-hour), str(-hour))  # expect: -1 82800 0 datetime.timedelta(days=-1, seconds=82800) -1 day, 23:00:00
noon = datetime(2024, 12, 31, 23, 59, 59, 999999)
print(noon + timedelta(microseconds=1), noon - timedelta(days=366), noon - datetime(2024, 1, 1), noon - datetime(2025, 1, 1))  # expect: 2025-01-01 00:00:00 2023-12-31 23:59:59.999999 365 days, 23:59:59.999999 -1 day, 23:59:59.999999
seoul = timezone(timedelta(hours=9), "KST")
print(datetime(2025, 1, 1, 9, tzinfo=seoul) - datetime(2025, 1, 1, tzinfo=timezone.utc), datetime(2025, 1, 1, 9, tzinfo=seoul) == datetime(2025, 1, 1, tzinfo=timezone.utc))  # expect: 0:00:00 True
print(sum([hour, hour], timedelta()), max(hour, 2 * hour), sorted([hour, -hour, timedelta()]))  # expect: 2:00:00 2:00:00 [datetime.timedelta(days=-1, seconds=82800), datetime.timedelta(0), datetime.timedelta(seconds=3600)]
for wrong in ("leap + 1", "leap + leap", "hour - leap", "noon + noon", "hour + 1", "hour * 'a'", "hour / 0", "hour // 0", "hour % timedelta(0)",
              "hour / 0.0", "hour // timedelta(0)", "hour / timedelta(0)", "divmod(hour, 2)", "2 / hour", "timedelta.max + hour", "-timedelta.max",
              "date.max + timedelta(1)", "datetime.min - hour", "noon - datetime(2025, 1, 1, tzinfo=seoul)", "timedelta(10**20)",
              "timedelta('1')", "timedelta(days=float('nan'))", "hour * float('inf')", "noon - leap", "leap - noon"):
    try:
        print(wrong, "=", eval(wrong))
    except Exception as error:
        print(wrong, "-", type(error).__name__, error)  # expect: leap + 1 - TypeError unsupported operand type(s) for +: 'datetime.date' and 'int'
# expect: leap + leap - TypeError unsupported operand type(s) for +: 'datetime.date' and 'datetime.date'
# expect: hour - leap - TypeError unsupported operand type(s) for -: 'datetime.timedelta' and 'datetime.date'
# expect: noon + noon - TypeError unsupported operand type(s) for +: 'datetime.datetime' and 'datetime.datetime'
# expect: hour + 1 - TypeError unsupported operand type(s) for +: 'datetime.timedelta' and 'int'
# expect: hour * 'a' - TypeError can't multiply sequence by non-int of type 'datetime.timedelta'
# expect: hour / 0 - ZeroDivisionError integer division or modulo by zero
# expect: hour // 0 - ZeroDivisionError integer division or modulo by zero
# expect: hour % timedelta(0) - ZeroDivisionError integer modulo by zero
# expect: hour / 0.0 - ZeroDivisionError integer division or modulo by zero
# expect: hour // timedelta(0) - ZeroDivisionError integer division or modulo by zero
# expect: hour / timedelta(0) - ZeroDivisionError division by zero
# expect: divmod(hour, 2) - TypeError unsupported operand type(s) for divmod(): 'datetime.timedelta' and 'int'
# expect: 2 / hour - TypeError unsupported operand type(s) for /: 'int' and 'datetime.timedelta'
# expect: timedelta.max + hour - OverflowError days=1000000000; must have magnitude <= 999999999
# expect: -timedelta.max - OverflowError days=-1000000000; must have magnitude <= 999999999
# expect: date.max + timedelta(1) - OverflowError date value out of range
# expect: datetime.min - hour - OverflowError date value out of range
# expect: noon - datetime(2025, 1, 1, tzinfo=seoul) - TypeError can't subtract offset-naive and offset-aware datetimes
# expect: timedelta(10**20) - OverflowError Python int too large to convert to C int
# expect: timedelta('1') - TypeError unsupported type for timedelta days component: str
# expect: timedelta(days=float('nan')) - ValueError cannot convert float NaN to integer
# expect: hour * float('inf') - OverflowError cannot convert Infinity to integer ratio
# expect: noon - leap - TypeError unsupported operand type(s) for -: 'datetime.datetime' and 'datetime.date'
# expect: leap - noon - TypeError unsupported operand type(s) for -: 'datetime.date' and 'datetime.datetime'
