# tests/python/io/memory.py: StringIO and BytesIO.
import io
import sys


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


s = io.StringIO()
print(s.write("hello\n"), s.write("가나"), s.tell(), repr(s.getvalue()), s.seek(0), repr(s.read(3)), repr(s.readline()), repr(s.read()), repr(s.read()))  # expect: 6 2 8 'hello\n가나' 0 'hel' 'lo\n' '가나' ''
s = io.StringIO("a\nb\nc")
print(s.readlines(), s.seek(2), list(s), s.truncate(3), repr(s.getvalue()), s.seek(0, 2), s.write("!"), repr(s.getvalue()), s.readable(), s.closed)  # expect: ['a\n', 'b\n', 'c'] 2 ['b\n', 'c'] 3 'a\nb' 3 1 'a\nb!' True False
s = io.StringIO("a\r\nb\rc\n", newline=None)
print(repr(s.getvalue()), s.newlines, io.StringIO("a\r\nb", newline="").readlines(), io.StringIO("a\nb", newline="\r\n").getvalue().encode(), io.StringIO("a\r\nb").readlines())  # expect: 'a\nb\nc\n' ('\r', '\n', '\r\n') ['a\r\n', 'b'] b'a\r\nb' ['a\r\n', 'b']
with io.StringIO("x") as f:
    print(f.read(), f.isatty(), error(lambda: f.fileno()))  # expect: x False UnsupportedOperation: fileno
print(f.closed, error(lambda: f.read()), error(lambda: s.write(1)), error(lambda: s.seek(-1)), error(lambda: s.seek(1, 1)), error(lambda: io.StringIO(1)), error(lambda: io.StringIO(newline="x")))  # expect: True ValueError: I/O operation on closed file TypeError: string argument expected, got 'int' ValueError: Negative seek position -1 OSError: Can't do nonzero cur-relative seeks TypeError: initial_value must be str or None, not int ValueError: illegal newline value: 'x'
s = io.StringIO()
s.seek(3)
print(s.write("x"), ascii(s.getvalue()), sys.getsizeof(io.StringIO()), print("to", "file", file=s), ascii(s.getvalue()))  # expect: 1 '\x00\x00\x00x' 184 None '\x00\x00\x00xto file\n'
b = io.BytesIO(b"abc\ndef")
print(b.read(2), b.readline(), b.tell(), b.read(), b.seek(-3, 2), b.read1(2), b.seek(0), b.readlines(), b.getvalue(), b.write(b"!"), b.getvalue())  # expect: b'ab' b'c\n' 4 b'def' 4 b'de' 0 [b'abc\n', b'def'] b'abc\ndef' 1 b'abc\ndef!'
print(b.truncate(4), b.getvalue(), b.seek(6), b.write(b"z"), b.getvalue(), error(lambda: b.write("a")), error(lambda: b.seek(-1)), b.readable(), b.seekable())  # expect: 4 b'abc\n' 6 1 b'abc\n\x00\x00z' TypeError: a bytes-like object is required, not 'str' ValueError: negative seek value -1 True True
room = bytearray(3)
b.seek(0)
print(b.readinto(room), room, list(io.BytesIO(b"a\nb")), sys.getsizeof(io.BytesIO()), sys.getsizeof(io.BytesIO(bytes(100))))  # expect: 3 bytearray(b'abc') [b'a\n', b'b'] 80 213
view = b.getbuffer()
view[0] = 90
print(b.getvalue(), error(lambda: b.write(b"longer than before")), error(lambda: b.close()))  # expect: b'Zbc\n\x00\x00z' BufferError: Existing exports of data: object cannot be re-sized BufferError: Existing exports of data: object cannot be re-sized
view.release()
b.close()
print(b.closed, error(lambda: b.read()))  # expect: True ValueError: I/O operation on closed file.
t = io.TextIOWrapper(io.BytesIO("a\r\n가\n".encode()), encoding="utf-8")
print(t.readline().encode(), t.read().encode(), t.encoding, t.errors)  # expect: b'a\n' b'\xea\xb0\x80\n' utf-8 strict
print(sys.__stdout__.encoding, sys.__stdout__.isatty(), sys.__stdout__.writable(), sys.__stdout__.readable(), sys.stderr.errors, type(sys.__stdout__).__name__)  # expect: utf-8 False True False backslashreplace TextIOWrapper
print(issubclass(io.UnsupportedOperation, OSError), isinstance(sys.__stdout__, io.TextIOBase))  # expect: True True
