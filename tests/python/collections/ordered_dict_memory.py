# What `repr` of an OrderedDict makes, and what stays of it.
import collections
import gc
import tracemalloc


def taken():
    tracemalloc.start()
    made = []
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return size


od = collections.OrderedDict(a=1)
gc.collect()
print(taken() > 0)  # expect: True
print(repr(od), repr([od]))  # expect: OrderedDict({'a': 1}) [OrderedDict({'a': 1})]
print(taken() > 0)  # expect: False


class Keys:
    def keys(self):
        print("keys")
        return iter("ab")

    def __getitem__(self, key):
        print("item", key)
        return key


d = {}
d.update(Keys())  # expect: keys
# expect: item a
# expect: item b
print(d, dict(od), {**od})  # expect: {'a': 'a', 'b': 'b'} {'a': 1} {'a': 1}


class Wrong:
    def keys(self):
        return 3


try:
    {}.update(Wrong())
except TypeError as error:
    print(error)  # expect: Wrong.keys() returned a non-iterable (type int)
