"""A class whose bases have no order leaves nothing behind; up to 3.9 it has descriptors by then, and is a cycle."""
import gc


class Base:
    __slots__ = ("x",)


class Derived(Base):
    pass


gc.collect()
try:
    class Wrong(Base, Derived):
        pass
except TypeError as error:
    print(error)  # expect: Cannot create a consistent method resolution order (MRO) for bases Base, Derived
print(gc.collect())  # expect: 0

gc.set_debug(gc.DEBUG_SAVEALL)


class Plain:
    pass


del Plain
gc.collect()
print([type(left).__name__ for left in gc.garbage])  # expect: ['tuple', 'type', 'tuple', 'getset_descriptor', 'dict', 'getset_descriptor']
gc.set_debug(0)
gc.garbage.clear()
