# Texts that say what their bytes are, slots that are copied, steps that go.
import copy
import pickle


class Text(str):
    def __bytes__(self):
        return b"told"


print(bytes(Text("x")), bytes(Text("x"), "ascii"))


class Kept(bytearray):
    __slots__ = ("x", "__dict__")


kept = Kept(b"abc")
kept.x, kept.y = 1, 2
for other in (copy.copy(kept), copy.deepcopy(kept), pickle.loads(pickle.dumps(kept))):
    print(other, other.x, other.y)

array = bytearray(range(8))
array[1:-1:2] = b""
print(array)
view = memoryview(array)
try:
    array[::2] = b""
except BufferError as error:
    print(error)
# expect: b'told' b'x'
# expect: Kept(b'abc') 1 2
# expect: Kept(b'abc') 1 2
# expect: Kept(b'abc') 1 2
# expect: bytearray(b'\x00\x02\x04\x06\x07')
# expect: Existing exports of data: object cannot be re-sized
