# What constructors refuse, and in which words.
from datetime import date, datetime, time, timedelta, timezone, tzinfo

CALLS = """date()
date(2025)
date(2025, 1, 1, 1)
date("2025", 1, 1)
date(2025.0, 1, 1)
date(0, 1, 1)
date(10000, 1, 1)
date(2025, 13, 1)
date(2025, 2, 29)
date(2**40, 1, 1)
date(2**100, 1, 1)
date(2025, 1, 1, hour=3)
date(2025, 1, month=1)
datetime(2025, 1)
datetime(2025, 1, 1, 24)
datetime(2025, 1, 1, 0, 60)
datetime(2025, 1, 1, 0, 0, 60)
datetime(2025, 1, 1, 0, 0, 0, 10**6)
datetime(2025, 1, 1, fold=2)
datetime(2025, 1, 1, tzinfo="KST")
datetime(2025, 1, 1, zone=None)
datetime(2025, 1, 1, 0, 0, 0, 0, None, 1)
datetime(2025, 1, 1, year=2025)
time(24)
time(1, 60)
time("1")
time(tzinfo=9)
time(1, 2, 3, 4, None, 5)
timedelta("1")
timedelta(day=1)
timedelta(1, 2, 3, 4, 5, 6, 7, 8)
timedelta(10**9)
timezone()
timezone(9)
timezone(timedelta(1))
timezone(timedelta(0), 5)
date(2025, 1, 1).replace(month=13)
date(2025, 1, 1).replace(2**40)
date(2025, 1, 1).replace(years=1)
datetime(2025, 1, 1).replace(tzinfo=5)
datetime.combine(5, time())
datetime.combine(date(2025, 1, 1), 5)
datetime.now(9)
datetime.fromtimestamp()
datetime.fromtimestamp("0")
datetime.fromtimestamp(1e20)
datetime.fromtimestamp(1e12)
date.fromtimestamp(None)
date.today(1)
datetime.utcfromtimestamp()
datetime.min.timestamp()
tzinfo().utcoffset(None)
timezone.utc.utcoffset(5)
timezone.utc.fromutc(datetime(2025, 1, 1))
datetime(2025, 1, 1).astimezone(5)
date.fromordinal()
date.fromordinal(x=1)
datetime(2025, 1, 1).__reduce_ex__()
date(b"1234")
date(b"\\x07\\xe9\\x0d\\x01")
datetime(b"\\x07\\xe9\\x01\\x01\\x00\\x00\\x00\\x00\\x00\\x00", 5)
"""
for call in CALLS.splitlines():
    try:
        print(call, "=", eval(call))
    except Exception as error:
        print(call, "-", type(error).__name__ + ":", error)  # expect: date() - TypeError: function missing required argument 'year' (pos 1)
# expect: date(2025) - TypeError: function missing required argument 'month' (pos 2)
# expect: date(2025, 1, 1, 1) - TypeError: function takes at most 3 arguments (4 given)
# expect: date("2025", 1, 1) - TypeError: 'str' object cannot be interpreted as an integer
# expect: date(2025.0, 1, 1) - TypeError: 'float' object cannot be interpreted as an integer
# expect: date(0, 1, 1) - ValueError: year 0 is out of range
# expect: date(10000, 1, 1) - ValueError: year 10000 is out of range
# expect: date(2025, 13, 1) - ValueError: month must be in 1..12
# expect: date(2025, 2, 29) - ValueError: day is out of range for month
# expect: date(2**40, 1, 1) - OverflowError: signed integer is greater than maximum
# expect: date(2**100, 1, 1) - OverflowError: Python int too large to convert to C long
# expect: date(2025, 1, 1, hour=3) - TypeError: function takes at most 3 arguments (4 given)
# expect: date(2025, 1, month=1) - TypeError: function missing required argument 'day' (pos 3)
# expect: datetime(2025, 1) - TypeError: function missing required argument 'day' (pos 3)
# expect: datetime(2025, 1, 1, 24) - ValueError: hour must be in 0..23
# expect: datetime(2025, 1, 1, 0, 60) - ValueError: minute must be in 0..59
# expect: datetime(2025, 1, 1, 0, 0, 60) - ValueError: second must be in 0..59
# expect: datetime(2025, 1, 1, 0, 0, 0, 10**6) - ValueError: microsecond must be in 0..999999
# expect: datetime(2025, 1, 1, fold=2) - ValueError: fold must be either 0 or 1
# expect: datetime(2025, 1, 1, tzinfo="KST") - TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'str'
# expect: datetime(2025, 1, 1, zone=None) - TypeError: this function got an unexpected keyword argument 'zone'
# expect: datetime(2025, 1, 1, 0, 0, 0, 0, None, 1) - TypeError: function takes at most 8 positional arguments (9 given)
# expect: datetime(2025, 1, 1, year=2025) - TypeError: argument for function given by name ('year') and position (1)
# expect: time(24) - ValueError: hour must be in 0..23
# expect: time(1, 60) - ValueError: minute must be in 0..59
# expect: time("1") - TypeError: 'str' object cannot be interpreted as an integer
# expect: time(tzinfo=9) - TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
# expect: time(1, 2, 3, 4, None, 5) - TypeError: function takes at most 5 positional arguments (6 given)
# expect: timedelta("1") - TypeError: unsupported type for timedelta days component: str
# expect: timedelta(day=1) - TypeError: __new__() got an unexpected keyword argument 'day'. Did you mean 'days'?
# expect: timedelta(1, 2, 3, 4, 5, 6, 7, 8) - TypeError: __new__() takes at most 7 arguments (8 given)
# expect: timedelta(10**9) - OverflowError: days=1000000000; must have magnitude <= 999999999
# expect: timezone() - TypeError: timezone() missing required argument 'offset' (pos 1)
# expect: timezone(9) - TypeError: timezone() argument 1 must be datetime.timedelta, not int
# expect: timezone(timedelta(1)) - ValueError: offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not datetime.timedelta(days=1).
# expect: timezone(timedelta(0), 5) - TypeError: timezone() argument 2 must be str, not int
# expect: date(2025, 1, 1).replace(month=13) - ValueError: month must be in 1..12
# expect: date(2025, 1, 1).replace(2**40) - OverflowError: Python int too large to convert to C int
# expect: date(2025, 1, 1).replace(years=1) - TypeError: replace() got an unexpected keyword argument 'years'. Did you mean 'year'?
# expect: datetime(2025, 1, 1).replace(tzinfo=5) - TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
# expect: datetime.combine(5, time()) - TypeError: combine() argument 1 must be datetime.date, not int
# expect: datetime.combine(date(2025, 1, 1), 5) - TypeError: combine() argument 2 must be datetime.time, not int
# expect: datetime.now(9) - TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
# expect: datetime.fromtimestamp() - TypeError: fromtimestamp() missing required argument 'timestamp' (pos 1)
# expect: datetime.fromtimestamp("0") - TypeError: 'str' object cannot be interpreted as an integer
# expect: datetime.fromtimestamp(1e20) - OverflowError: timestamp out of range for platform time_t
# expect: datetime.fromtimestamp(1e12) - ValueError: year 33658 is out of range
# expect: date.fromtimestamp(None) - TypeError: 'NoneType' object cannot be interpreted as an integer
# expect: date.today(1) - TypeError: date.today() takes no arguments (1 given)
# expect: datetime.utcfromtimestamp() - TypeError: utcfromtimestamp() takes exactly 1 argument (0 given)
# expect: datetime.min.timestamp() - ValueError: year 0 is out of range
# expect: tzinfo().utcoffset(None) - NotImplementedError: a tzinfo subclass must implement utcoffset()
# expect: timezone.utc.utcoffset(5) - TypeError: utcoffset(dt) argument must be a datetime instance or None, not int
# expect: timezone.utc.fromutc(datetime(2025, 1, 1)) - ValueError: fromutc: dt.tzinfo is not self
# expect: datetime(2025, 1, 1).astimezone(5) - TypeError: tzinfo argument must be None or of a tzinfo subclass, not type 'int'
# expect: date.fromordinal() - TypeError: fromordinal() takes exactly 1 argument (0 given)
# expect: date.fromordinal(x=1) - TypeError: fromordinal() takes no keyword arguments
# expect: datetime(2025, 1, 1).__reduce_ex__() - TypeError: __reduce_ex__() takes exactly 1 argument (0 given)
# expect: date(b"1234") - TypeError: 'bytes' object cannot be interpreted as an integer
# expect: date(b"\x07\xe9\x0d\x01") - TypeError: 'bytes' object cannot be interpreted as an integer
# expect: datetime(b"\x07\xe9\x01\x01\x00\x00\x00\x00\x00\x00", 5) - TypeError: bad tzinfo state arg
