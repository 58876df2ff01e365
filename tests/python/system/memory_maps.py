# mmap: memory of nobody's, and a file's.
import mmap
import os
import tempfile

with mmap.mmap(-1, 13) as m:
    print(m.write(b"Hello world!"), m.tell(), m.seek(0), m.readline(), m[0:5], m[0], len(m))
    m[0:5] = b"HELLO"
    print(m[:], m.find(b"world"), b"world" in m[:], m.closed)  # expect: 12 12 0 b'Hello world!\x00' b'Hello' 72 13
# expect: b'HELLO world!\x00' -1 True False
print(m.closed)  # expect: True
with tempfile.TemporaryFile() as f:
    f.write(b"first line\nsecond line\n")
    f.flush()
    with mmap.mmap(f.fileno(), 0) as m:
        print(m.size(), m.readline(), m.read(6), m.rfind(b"line"))
        m[0:5] = b"FIRST"
        m.flush()
    f.seek(0)
    print(f.read())
    with mmap.mmap(f.fileno(), 0, access=mmap.ACCESS_READ) as m:
        try:
            m[0:1] = b"x"
        except TypeError as error:
            print(error)  # expect: 23 b'first line\n' b'second' 18
# expect: b'FIRST line\nsecond line\n'
# expect: mmap can't modify a readonly memory map.
for bad in (lambda: m[0], lambda: mmap.mmap(-1, -5)):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: ValueError: mmap closed or invalid
# expect: OverflowError: memory mapped length must be positive
