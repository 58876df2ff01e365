# What is equal, what comes first, and hashes.
from datetime import date, datetime, time, timedelta, timezone

day, moment = date(2025, 10, 19), datetime(2025, 10, 19)
print(day == moment, moment == day, day != moment, isinstance(moment, date), {day: 1}.get(moment))  # expect: False False True True None
print(day < date(2025, 10, 20), sorted([date(2025, 3, 1), date(2024, 12, 31), day]), max(day, date(2026, 1, 1)))  # expect: True [datetime.date(2024, 12, 31), datetime.date(2025, 3, 1), datetime.date(2025, 10, 19)] 2026-01-01
utc = moment.replace(tzinfo=timezone.utc)
seoul = timezone(timedelta(hours=9))
print(moment == utc, utc == utc.astimezone(seoul), hash(utc) == hash(utc.astimezone(seoul)), utc < utc.astimezone(seoul) + timedelta(1))  # expect: False True True True
print(time(1, tzinfo=timezone.utc) == time(10, tzinfo=seoul), time(1) == time(1, tzinfo=timezone.utc), time(1) < time(2))  # expect: True False True
print(timedelta(hours=24) == timedelta(1), timedelta(1) == 86400, timedelta(1) > timedelta(hours=23), timezone.utc == timezone(timedelta(0), "GMT"))  # expect: True False True True
print(hash(day) == hash(date(2025, 10, 19)), hash(moment) == hash(moment.replace(fold=1)), hash(timedelta(hours=24)) == hash(timedelta(1)))  # expect: True True True
print(hash(day), hash(moment), hash(time(1, 2, 3)), hash(timedelta(1, 2, 3)))  # expect: -2411251345632018229 -4298014664985114270 801308971495406425 529344067295497451
print(hash(utc), hash(time(1, tzinfo=seoul)), hash(timezone.utc), hash(seoul))  # expect: -2405237294025076890 -2753564851575319543 3010437511937009226 -8340121957622818387
print({date(2025, 1, 1), date(2025, 1, 2), date(2025, 1, 1)} == {date(2025, 1, 2), date(2025, 1, 1)}, len({utc, utc.astimezone(seoul)}))  # expect: True 1
for wrong in ("day < moment", "moment > day", "day < 5", "moment < utc", "time(1) < time(1, tzinfo=timezone.utc)", "timedelta(1) < 5", "timezone.utc < seoul"):
    try:
        print(eval(wrong))
    except TypeError as error:
        print(wrong, "-", error)  # expect: day < moment - '<' not supported between instances of 'datetime.date' and 'datetime.datetime'
# expect: moment > day - '>' not supported between instances of 'datetime.datetime' and 'datetime.date'
# expect: day < 5 - '<' not supported between instances of 'datetime.date' and 'int'
# expect: moment < utc - can't compare offset-naive and offset-aware datetimes
# expect: time(1) < time(1, tzinfo=timezone.utc) - can't compare offset-naive and offset-aware times
# expect: timedelta(1) < 5 - '<' not supported between instances of 'datetime.timedelta' and 'int'
# expect: timezone.utc < seoul - '<' not supported between instances of 'datetime.timezone' and 'datetime.timezone'


class AnyDay:
    def __eq__(self, other):
        return isinstance(other, date)

    def __gt__(self, other):
        return True


print(day == AnyDay(), AnyDay() == day, day < AnyDay(), moment != AnyDay())  # expect: True True True False
