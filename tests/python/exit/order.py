# What happens at the end: atexit, the globals of the module, and its cycles.
import atexit
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


second = Loud("second")
_first = Loud("first by name only")
loop = Loud("loop")
loop.itself = loop
atexit.register(print, "registered first, called last")
weakref.finalize(second, print, "finalize")


class Holder:
    item = Loud("of a class")


def function(item=Loud("default")):
    pass


print("end")  # expect: end
# expect: finalize
# expect: registered first, called last
# expect: gone: second
# expect: gone: first by name only
# expect: gone: loop
# expect: gone: of a class
# expect: gone: default
