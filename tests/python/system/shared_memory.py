"""Memory that has a name: two objects, one buffer."""
from multiprocessing import shared_memory

one = shared_memory.SharedMemory(create=True, size=8)
other = shared_memory.SharedMemory(one.name)
one.buf[:3] = b"abc"
print(bytes(other.buf[:4]), one.buf is other.buf)  # expect: b'abc\x00' False
other.close()
one.close()
one.unlink()
try:
    shared_memory.SharedMemory("nobody made this")
except FileNotFoundError as error:
    print(error)  # expect: [Errno 2] No such file or directory: '/nobody made this'
items = shared_memory.ShareableList(["howdy", b"bytes", -1.5, 100, None, True])
same = shared_memory.ShareableList(name=items.shm.name)
items[0] = "hello"
print(same[0], len(same), same[3:] if False else same[3], same.index(100), same.format)  # expect: hello 6 100 3 8s8sdqxxxxxx?xxxxxxxx?
same.shm.close()
items.shm.close()
items.shm.unlink()
