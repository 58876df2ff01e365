# The methods are C functions, and say so.
import datetime
import types

for function in (datetime.datetime.now, datetime.date.today, datetime.datetime.strptime):
    print(type(function), function.__name__, function.__qualname__, function.__self__)  # expect: <class 'builtin_function_or_method'> now datetime.now <class 'datetime.datetime'>
# expect: <class 'builtin_function_or_method'> today date.today <class 'datetime.date'>
# expect: <class 'builtin_function_or_method'> strptime datetime.strptime <class 'datetime.datetime'>
print(datetime.date.isoformat, datetime.datetime.isoformat, datetime.timedelta.total_seconds)  # expect: <method 'isoformat' of 'datetime.date' objects> <method 'isoformat' of 'datetime.datetime' objects> <method 'total_seconds' of 'datetime.timedelta' objects>
print(datetime.date.year, datetime.datetime.hour, datetime.timedelta.days, datetime.date.__sub__)  # expect: <attribute 'year' of 'datetime.date' objects> <attribute 'hour' of 'datetime.datetime' objects> <member 'days' of 'datetime.timedelta' objects> <slot wrapper '__sub__' of 'datetime.date' objects>
print(isinstance(datetime.date.year, types.GetSetDescriptorType), isinstance(datetime.timedelta.days, types.MemberDescriptorType))  # expect: True True
print(datetime.date.__module__, datetime.date.__qualname__, datetime.datetime.__base__, datetime.timezone.__base__)  # expect: datetime date <class 'datetime.date'> <class 'datetime.tzinfo'>
print(datetime.date.__doc__)  # expect: date(year, month, day) --> date object
print(datetime.__doc__)  # expect: Fast implementation of the datetime type.
print([name for name in dir(datetime.date) if not name.startswith("_") and name != "strptime"])  # expect: ['ctime', 'day', 'fromisocalendar', 'fromisoformat', 'fromordinal', 'fromtimestamp', 'isocalendar', 'isoformat', 'isoweekday', 'max', 'min', 'month', 'replace', 'resolution', 'strftime', 'timetuple', 'today', 'toordinal', 'weekday', 'year']
print(sorted(set(dir(datetime.datetime)) - set(dir(datetime.date))))  # expect: ['astimezone', 'combine', 'date', 'dst', 'fold', 'hour', 'microsecond', 'minute', 'now', 'second', 'strptime', 'time', 'timestamp', 'timetz', 'tzinfo', 'tzname', 'utcfromtimestamp', 'utcnow', 'utcoffset', 'utctimetuple']
print(datetime.MINYEAR, datetime.MAXYEAR, datetime.date.min, datetime.datetime.max, datetime.timedelta.resolution)  # expect: 1 9999 0001-01-01 9999-12-31 23:59:59.999999 0:00:00.000001
print(datetime.timezone.min, datetime.timezone.max, datetime.time.max)  # expect: UTC-23:59 UTC+23:59 23:59:59.999999
for change in (lambda: setattr(datetime.date, "x", 1), lambda: setattr(datetime.date(1, 1, 1), "year", 2),
               lambda: delattr(datetime.timedelta(1), "days"), lambda: type("Zone", (datetime.timezone,), {}),
               lambda: datetime.date.__new__(datetime.datetime, 1, 2, 3), lambda: datetime.timedelta.__new__(5)):
    try:
        change()
    except Exception as error:
        print(type(error).__name__, error)  # expect: TypeError cannot set 'x' attribute of immutable type 'datetime.date'
# expect: AttributeError attribute 'year' of 'datetime.date' objects is not writable
# expect: AttributeError readonly attribute
# expect: TypeError type 'datetime.timezone' is not an acceptable base type
# expect: TypeError datetime.date.__new__(datetime.datetime) is not safe, use datetime.datetime.__new__()
# expect: TypeError datetime.timedelta.__new__(X): X is not a type object (int)
