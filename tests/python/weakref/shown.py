# How weak references show what they refer to.
import re
import weakref


class Plain:
    pass


class Elsewhere:
    __module__ = "package.module"
    __slots__ = ("value", "__weakref__")


class Dynamic:
    def __getattr__(self, name):
        raise KeyError(name)


def shown(text):
    return re.sub("0x[0-9a-f]+", "0x", text)


def named():
    pass


for thing in (Plain(), Elsewhere(), Dynamic(), named, re.compile("x"), {1}):
    print(shown(repr(weakref.ref(thing))), shown(object.__repr__(weakref.proxy(thing))).split(" ")[0])  # expect: <weakref at 0x; to 'Plain' at 0x> <weakref.ProxyType
# expect: <weakref at 0x; to 'package.module.Elsewhere' at 0x> <weakref.ProxyType
# expect: <weakref at 0x; to 'Dynamic' at 0x> <weakref.ProxyType
# expect: <weakref at 0x; to 'function' at 0x (named)> <weakref.CallableProxyType
# expect: <weakref at 0x; to 're.Pattern' at 0x> <weakref.ProxyType
# expect: <weakref at 0x; to 'set' at 0x> <weakref.ProxyType
plain, elsewhere = Plain(), Elsewhere()
for thing in (plain, elsewhere):
    proxy = weakref.proxy(thing)
    print(shown(type(proxy).__repr__(proxy)))  # expect: <weakproxy at 0x; to 'Plain' at 0x>
# expect: <weakproxy at 0x; to 'package.module.Elsewhere' at 0x>
try:
    elsewhere.value
except AttributeError as error:
    print(error)  # expect: 'package.module.Elsewhere' object has no attribute 'value'
