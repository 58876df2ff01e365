# What exceptions are copied and pickled from.
import copy
import pickle


def told(error):
    copies = copy.copy(error), pickle.loads(pickle.dumps(error))
    fields = [[getattr(one, name, None) for name in ("filename", "filename2", "name", "path")] for one in copies]
    return error.__reduce__(), fields[0] == fields[1], fields[0]


plain = OSError(1, "not permitted", "file")
plain.note = "kept"
for error in (OSError(), OSError(1), OSError(1, "text"), plain, OSError(2, "missing", "one", None, "two"),
              ImportError("m"), ImportError("m", name="n", path="p"), ModuleNotFoundError("m", name="n"),
              AttributeError("a"), AttributeError("a", name="n"), NameError("x", name="n"), KeyError("k"),
              StopIteration(3), UnicodeDecodeError("ascii", b"x", 0, 1, "why")):
    print(told(error))

error = ImportError("message", name="n", path="p")
error.__init__()
print(error.msg, error.name, error.path, error.args)
error = AttributeError("message", name="n", obj=1)
error.__init__("other")
print(error.name, error.obj, error.args)

# UnicodeError itself has none of the fields that its subclasses have.
class Codec(UnicodeError):
    __slots__ = ("codec",)


for made in (UnicodeError(), UnicodeError("why"), Codec("x")):
    print(repr(made), str(made), repr(pickle.loads(pickle.dumps(made))))
print(UnicodeDecodeError("ascii", bytearray(b"\xff"), 0, 1, "why").object)
# expect: ((<class 'OSError'>, ()), True, [None, None, None, None])
# expect: ((<class 'OSError'>, (1,)), True, [None, None, None, None])
# expect: ((<class 'PermissionError'>, (1, 'text')), True, [None, None, None, None])
# expect: ((<class 'PermissionError'>, (1, 'not permitted', 'file'), {'note': 'kept'}), True, ['file', None, None, None])
# expect: ((<class 'FileNotFoundError'>, (2, 'missing', 'one', None, 'two')), True, ['one', 'two', None, None])
# expect: ((<class 'ImportError'>, ('m',)), True, [None, None, None, None])
# expect: ((<class 'ImportError'>, ('m',), {'name': 'n', 'path': 'p'}), True, [None, None, 'n', 'p'])
# expect: ((<class 'ModuleNotFoundError'>, ('m',), {'name': 'n'}), True, [None, None, 'n', None])
# expect: ((<class 'AttributeError'>, ('a',), {'args': ('a',)}), True, [None, None, None, None])
# expect: ((<class 'AttributeError'>, ('a',), {'name': 'n', 'args': ('a',)}), True, [None, None, 'n', None])
# expect: ((<class 'NameError'>, ('x',)), True, [None, None, None, None])
# expect: ((<class 'KeyError'>, ('k',)), True, [None, None, None, None])
# expect: ((<class 'StopIteration'>, (3,)), True, [None, None, None, None])
# expect: ((<class 'UnicodeDecodeError'>, ('ascii', b'x', 0, 1, 'why')), True, [None, None, None, None])
# expect: None None None ()
# expect: None None ('other',)
# expect: UnicodeError()  UnicodeError()
# expect: UnicodeError('why') why UnicodeError('why')
# expect: Codec('x') x Codec('x')
# expect: b'\xff'
