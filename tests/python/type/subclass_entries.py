# Each base holds an entry for each class below it: the class's address and the plain weak reference to it.
import gc
import sys
import weakref


class Base:
    pass


class Below(Base):
    pass


print(weakref.getweakrefcount(Base), weakref.getweakrefcount(Below))  # expect: 1 1
print(sys.getrefcount(weakref.ref(Below)))  # expect: 2
print(Base.__subclasses__() == [Below])  # expect: True


def tracked_by(*bases):
    before = len(gc.get_objects())
    made = type("Made", bases, {})
    return len(gc.get_objects()) - before, made


gc.disable()
kept = [tracked_by(Below)]
kept.append(tracked_by(Below))
print(kept[0][0] - kept[1][0])  # the dict of the entries is made for the first  # expect: 1

made = kept.pop()[1]
print(len(Below.__subclasses__()))  # expect: 2
del made
gc.collect()
print(len(Below.__subclasses__()))  # expect: 1

# Another base: the entry moves.
class Other:
    pass


Below.__bases__ = (Other,)
print(Base.__subclasses__(), Other.__subclasses__() == [Below])  # expect: [] True
try:
    Below.__bases__ = (int,)
except TypeError as error:
    print(error)  # expect: __bases__ assignment: 'int' deallocator differs from 'Other'
