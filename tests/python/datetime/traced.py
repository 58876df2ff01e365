# What tracemalloc sees of a list of dates.
import tracemalloc
from datetime import date, datetime, time, timedelta, timezone

KINDS = {
    "date": lambda i: date(2000 + i, 1, 1),
    "time": lambda i: time(1, i),
    "aware time": lambda i: time(1, i, tzinfo=timezone.utc),
    "datetime": lambda i: datetime(2000 + i, 1, 1),
    "aware datetime": lambda i: datetime(2000 + i, 1, 1, tzinfo=timezone.utc),
    "timedelta": lambda i: timedelta(i + 1),
}
for name, make in KINDS.items():
    make(0)
    tracemalloc.start()
    kept = [None] * 50
    before = tracemalloc.get_traced_memory()[0]
    for i in range(50):
        kept[i] = make(i)
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    print(name, (after - before) // 50)  # expect: date 32
# expect: time 32
# expect: aware time 40
# expect: datetime 40
# expect: aware datetime 48
# expect: timedelta 40


class Sub(datetime):
    pass


class Slim(datetime):
    __slots__ = ()


for kind in (Sub, Slim):
    kind(2000, 1, 1)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = kind(2000, 1, 1)
    print(kind.__name__, tracemalloc.get_traced_memory()[0] - before)
    tracemalloc.stop()  # expect: Sub 80
# expect: Slim 64
