# Which values are one object.
import sys
from datetime import date, datetime, time, timedelta, timezone

print(timedelta(0) is timedelta(0), timedelta() is timedelta(1) - timedelta(1), timedelta(1) is timedelta(1))  # expect: True True False
print(timezone.utc is timezone(timedelta(0)), timezone.utc is timezone(timedelta(0), "UTC"), timezone(timedelta(1) / 24) is timezone(timedelta(1) / 24))  # expect: True False False
print(datetime.fromisoformat("2025-01-01T00:00:00+00:00").tzinfo is timezone.utc, datetime.now(timezone.utc).tzinfo is timezone.utc)  # expect: True True
print(date(2025, 1, 1) is date(2025, 1, 1), datetime.min is datetime.min, date.today() is date.today())  # expect: False True False
aware = datetime(2025, 1, 1, tzinfo=timezone.utc)
print(aware.astimezone(timezone.utc) is aware, aware.replace() is aware, aware.tzinfo is timezone.utc, aware.timetz().tzinfo is timezone.utc)  # expect: True False True True
print(aware.utcoffset() is aware.utcoffset(), +timedelta(1) is timedelta(1), date.fromisoformat("2025-01-01") is date.fromisoformat("2025-01-01"))  # expect: True False False
a = date(2025, 1, 1)
b = a
print(sys.getrefcount(a), b is a, sys.getrefcount(datetime.max), sys.getrefcount(timedelta(3)))  # expect: 3 True 2 1
print(sys.getrefcount(timezone.utc), sys.getrefcount(timedelta(0)))  # expect: 4294967295 4294967295
zone = timezone(timedelta(hours=9))
before = sys.getrefcount(zone)
many = [datetime(2025, 1, 1, tzinfo=zone) for _ in range(10)]
print(sys.getrefcount(zone) - before)  # expect: 10
del many
print(sys.getrefcount(zone) - before)  # expect: 0
first = id(date(2025, 1, 1))
print(first == id(date(2025, 1, 2)), date.__name__ is date.__name__)  # expect: True False
