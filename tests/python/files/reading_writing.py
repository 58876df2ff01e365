# Text and bytes, written and read back.
import os
import shutil

shutil.rmtree("/tmp/reading", ignore_errors=True)
os.makedirs("/tmp/reading", exist_ok=True)
os.chdir("/tmp/reading")
with open("poem.txt", "w", encoding="utf-8") as f:
    print(f.write("첫째 줄\nsecond line\n"), f.name, f.mode, f.closed)
    f.writelines(["third\n", "fourth\n"])
    print("fifth", file=f)  # expect: 17 poem.txt w False
print(f.closed, os.path.getsize("poem.txt"), os.path.exists("poem.txt"))  # expect: True 42 True
with open("poem.txt", encoding="utf-8") as f:
    print(f.read(3), f.readline(), f.readlines())
    print(repr(f.read()))  # expect: 첫째  줄
# expect:  ['second line\n', 'third\n', 'fourth\n', 'fifth\n']
# expect: ''
for number, line in enumerate(open("poem.txt", encoding="utf-8"), 1):
    print(number, line.rstrip("\n"))  # expect: 1 첫째 줄
# expect: 2 second line
# expect: 3 third
# expect: 4 fourth
# expect: 5 fifth
with open("poem.txt", "a", encoding="utf-8") as f:
    f.write("appended\n")
with open("poem.txt", encoding="utf-8") as f:
    print(f.read().splitlines()[-2:])
    f.seek(0)
    print(next(f).strip())  # expect: ['fifth', 'appended']
# expect: 첫째 줄

with open("data.bin", "wb") as f:
    print(f, f.write(bytes(range(20))), f.tell())  # expect: <_io.BufferedWriter name='data.bin'> 20 20
with open("data.bin", "rb") as f:
    print(f.read(4), f.tell(), f.seek(-3, os.SEEK_END), f.read(), f.read())
    f.seek(10)
    buffer = bytearray(4)
    print(f.readinto(buffer), buffer, f.raw.name, f.raw.mode)  # expect: b'\x00\x01\x02\x03' 4 17 b'\x11\x12\x13' b''
# expect: 4 bytearray(b'\n\x0b\x0c\r') data.bin rb
with open("data.bin", "r+b") as f:
    f.seek(2)
    f.write(b"XY")
    f.seek(0)
    print(f.read(6))
    print(f.truncate(5), os.path.getsize("data.bin"))  # expect: b'\x00\x01XY\x04\x05'
# expect: 5 5
with open("lines.txt", "w", newline="\r\n") as f:
    f.write("a\nb\n")
print(open("lines.txt", "rb").read(), open("lines.txt").read().split(), open("lines.txt", newline="").readlines())  # expect: b'a\r\nb\r\n' ['a', 'b'] ['a\r\n', 'b\r\n']
with open("raw.bin", "wb", buffering=0) as f:
    print(f, f.write(b"abc"))  # expect: <_io.FileIO name='raw.bin' mode='wb' closefd=True> 3


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: open("missing.txt"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'missing.txt'
attempt(lambda: open("/tmp"))  # expect: IsADirectoryError: [Errno 21] Is a directory: '/tmp'
attempt(lambda: open("poem.txt", "x"))  # expect: FileExistsError: [Errno 17] File exists: 'poem.txt'
attempt(lambda: open("poem.txt", "q"))  # expect: ValueError: invalid mode: 'q'
attempt(lambda: open("poem.txt", "rw"))  # expect: ValueError: must have exactly one of create/read/write/append mode
attempt(lambda: open("poem.txt", "rb", encoding="utf-8"))  # expect: ValueError: binary mode doesn't take an encoding argument
attempt(lambda: open("poem.txt", "r", 0))  # expect: ValueError: can't have unbuffered text I/O
attempt(lambda: open([1]))  # expect: TypeError: expected str, bytes or os.PathLike object, not list
attempt(lambda: open("poem.txt", encoding="ascii").read())  # expect: UnicodeDecodeError: 'ascii' codec can't decode byte 0xec in position 0: ordinal not in range(128)
attempt(lambda: open("poem.txt", encoding="nothing"))  # expect: LookupError: unknown encoding: nothing
attempt(lambda: open("poem.txt").write("x"))  # expect: UnsupportedOperation: not writable
attempt(lambda: open("other.txt", "w").read())  # expect: UnsupportedOperation: not readable
attempt(lambda: f.write(b"x"))  # expect: ValueError: I/O operation on closed file
attempt(lambda: open("missing/deep.txt", "w"))  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'missing/deep.txt'
try:
    open("missing.txt")
except OSError as error:
    print(error.errno, error.strerror, error.filename, type(error).__mro__[1])  # expect: 2 No such file or directory missing.txt <class 'OSError'>
