# What dates and times weigh, and that the collector does not know them.
import gc
import sys
from datetime import date, datetime, time, timedelta, timezone, tzinfo

values = [date(2025, 10, 19), time(), time(13, 5, tzinfo=timezone.utc), datetime(2025, 10, 19),
          datetime(2025, 10, 19, tzinfo=timezone.utc), timedelta(days=1), timedelta(0), timezone.utc, tzinfo()]
for value in values:
    print(type(value).__name__, sys.getsizeof(value), gc.is_tracked(value), gc.get_referents(value))  # expect: date 32 False []
# expect: time 40 False []
# expect: time 40 False []
# expect: datetime 48 False []
# expect: datetime 48 False []
# expect: timedelta 40 False []
# expect: timedelta 40 False []
# expect: timezone 32 False []
# expect: tzinfo 16 False []
for kind in (date, time, datetime, timedelta, timezone, tzinfo):
    print(kind, kind.__basicsize__, kind.__itemsize__, kind.__dictoffset__, kind.__weakrefoffset__,
          [base.__name__ for base in kind.__mro__])  # expect: <class 'datetime.date'> 32 0 0 0 ['date', 'object']
# expect: <class 'datetime.time'> 40 0 0 0 ['time', 'object']
# expect: <class 'datetime.datetime'> 48 0 0 0 ['datetime', 'date', 'object']
# expect: <class 'datetime.timedelta'> 40 0 0 0 ['timedelta', 'object']
# expect: <class 'datetime.timezone'> 32 0 0 0 ['timezone', 'tzinfo', 'object']
# expect: <class 'datetime.tzinfo'> 16 0 0 0 ['tzinfo', 'object']

print(sys.getsizeof(datetime.now()), gc.is_tracked(date.today()))  # expect: 48 False
print(sys.getsizeof(date.today().isocalendar()), gc.is_tracked(date.today().isocalendar()))  # expect: 72 True

# A list of a thousand dates: eight bytes a place, and 32 for each date.
days = [date.fromordinal(700000 + i) for i in range(1000)]
print(sys.getsizeof(days), sum(map(sys.getsizeof, days)), gc.is_tracked(days))  # expect: 8856 32000 True
print(gc.is_tracked((date(2025, 1, 1),)), gc.is_tracked({"day": date(2025, 1, 1)}), gc.is_tracked([date(2025, 1, 1)]))  # expect: True False True


class Birthday(date):
    pass


class Slim(date):
    __slots__ = ()


class Named(datetime):
    __slots__ = ("name",)


for value in (Birthday(2000, 2, 29), Slim(2000, 2, 29), Named(2000, 2, 29)):
    print(type(value).__name__, type(value).__basicsize__, sys.getsizeof(value), gc.is_tracked(value), hasattr(value, "__dict__"))  # expect: Birthday 32 64 True True
# expect: Slim 32 48 True False
# expect: Named 56 72 True False
