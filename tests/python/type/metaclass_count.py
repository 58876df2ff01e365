# A class holds its metaclass once, and gives it back once.
import gc
import sys


class Meta(type):
    pass


before = sys.getrefcount(Meta)
classes = [Meta("Made", (), {}) for _ in range(3)]
print(sys.getrefcount(Meta) - before)  # expect: 3
del classes
print(gc.collect() > 0, sys.getrefcount(Meta) - before)  # expect: True 0
