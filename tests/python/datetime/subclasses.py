# Subclasses, with attributes, slots and weak references.
import gc
import sys
import weakref
from datetime import date, datetime, time, timedelta, timezone


class Loud(datetime):
    def __new__(cls, *args, **kwargs):
        print("new", args, kwargs)
        return super().__new__(cls, *args, **kwargs)


start = Loud(2025, 1, 1, 12)  # expect: new (2025, 1, 1, 12) {}
print(type(start + timedelta(1)).__name__, type(start - timedelta(1)).__name__, type(start - start).__name__)  # expect: new (2025, 1, 2, 12, 0, 0, 0, None) {}
# expect: new (2024, 12, 31, 12, 0, 0, 0, None) {}
# expect: Loud Loud timedelta
print(type(start.replace(year=2024)).__name__, type(start.date()).__name__, type(start.time()).__name__)  # expect: new (2024, 1, 1, 12, 0, 0, 0, None) {}
# expect: Loud date time
print(Loud.fromisoformat("2025-01-02"), Loud.combine(date(2025, 1, 1), time(1)), Loud.fromtimestamp(0), Loud.fromordinal(1))  # expect: new (2025, 1, 2, 0, 0, 0, 0, None) {}
# expect: new (2025, 1, 1, 1, 0, 0, 0, None) {}
# expect: new (1970, 1, 1, 0, 0, 0, 0, None) {}
# expect: new (1, 1, 1) {}
# expect: 2025-01-02 00:00:00 2025-01-01 01:00:00 1970-01-01 00:00:00 0001-01-01 00:00:00
print(start.astimezone(timezone.utc), Loud.strptime("2025", "%Y"), repr(start), type(Loud.fromtimestamp(1.5)).__name__)  # expect: new (2025, 1, 1, 12, 0, 0, 0, None) {}
# expect: new (2025, 1, 1, 12, 0, 0, 0, datetime.timezone.utc) {}
# expect: new (2025, 1, 1, 0, 0, 0, 0) {}
# expect: new (1970, 1, 1, 0, 0, 1, 500000, None) {}
# expect: 2025-01-01 12:00:00+00:00 2025-01-01 00:00:00 Loud(2025, 1, 1, 12, 0) Loud


class Span(timedelta):
    pass


span = Span(1)
print(type(span * 2).__name__, type(span + span).__name__, type(-span).__name__, repr(span), span == timedelta(1), hash(span) == hash(timedelta(1)))  # expect: timedelta timedelta timedelta Span(days=1) True True


class Tagged(date):
    def __new__(cls, year, month, day, tag=None):
        self = super().__new__(cls, year, month, day)
        self.tag = tag
        return self

    def __repr__(self):
        return f"Tagged({self.isoformat()}, {self.tag!r})"


day = Tagged(2025, 10, 19, tag="today")
print(day, repr(day), day.tag, vars(day), day + timedelta(1), day == date(2025, 10, 19))  # expect: 2025-10-19 Tagged(2025-10-19, 'today') today {'tag': 'today'} 2025-10-20 True
reference = weakref.ref(day)
print(reference() is day)  # expect: True
del day
print(reference())  # expect: None


class Slots(date):
    __slots__ = ("a", "b")


class Weak(date):
    __slots__ = ("__weakref__",)


slotted = Slots(2025, 1, 1)
slotted.a = 1
print(slotted.a, sys.getsizeof(slotted), gc.is_tracked(slotted))  # expect: 1 64 True
for change in (lambda: slotted.b, lambda: setattr(slotted, "c", 1), lambda: weakref.ref(slotted), lambda: weakref.ref(date(2025, 1, 1)),
               lambda: weakref.ref(timezone.utc)):
    try:
        print(change())
    except (AttributeError, TypeError) as error:
        print(type(error).__name__, error)  # expect: AttributeError 'Slots' object has no attribute 'b'
# expect: AttributeError 'Slots' object has no attribute 'c' and no __dict__ for setting new attributes
# expect: TypeError cannot create weak reference to 'Slots' object
# expect: TypeError cannot create weak reference to 'datetime.date' object
# expect: TypeError cannot create weak reference to 'datetime.timezone' object
weak = Weak(2025, 1, 1)
print(weakref.ref(weak)() is weak, weakref.WeakValueDictionary(day=weak)["day"] == date(2025, 1, 1))  # expect: True True

# A datetime in a cycle.
class Holder(datetime):
    pass


gc.collect()
holder = Holder(2025, 1, 1)
holder.me = holder
gone = weakref.ref(holder)
del holder
print(gc.collect(), gone())  # expect: 2 None
