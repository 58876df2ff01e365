# Files by their numbers.
import os

os.chdir("/tmp")
fd = os.open("numbers.txt", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o644)
print(fd > 2, os.write(fd, b"hello world"), os.lseek(fd, 6, os.SEEK_SET), os.read(fd, 3), os.fstat(fd).st_size)  # expect: True 11 6 b'wor' 11
os.ftruncate(fd, 5)
copy = os.dup(fd)
os.close(fd)
os.lseek(copy, 0, os.SEEK_SET)
print(os.read(copy, 100))  # expect: b'hello'
with os.fdopen(copy, "rb") as f:
    f.seek(1)
    print(f.read(), f.fileno() == copy)  # expect: b'ello' True
for bad in (lambda: os.read(copy, 1), lambda: os.close(copy), lambda: os.open("not/there", os.O_RDONLY),
            lambda: os.open("numbers.txt", os.O_CREAT | os.O_EXCL)):
    try:
        print(bad())
    except OSError as error:
        print(type(error).__name__, error)  # expect: OSError [Errno 9] Bad file descriptor
# expect: OSError [Errno 9] Bad file descriptor
# expect: FileNotFoundError [Errno 2] No such file or directory: 'not/there'
# expect: FileExistsError [Errno 17] File exists: 'numbers.txt'
with open("numbers.txt") as first, open("numbers.txt") as second:
    print(first.fileno() != second.fileno(), first.read() == second.read())  # expect: True True
with open("numbers.txt", "w") as f:
    os.remove("numbers.txt")
    f.write("still open")
    print(os.path.exists("numbers.txt"))  # expect: False


class Opener:
    def __call__(self, path, flags):
        print("opening", path, flags & os.O_ACCMODE if hasattr(os, "O_ACCMODE") else flags & 3)
        return os.open(path, flags)


with open("opened.txt", "w", opener=Opener()) as f:
    f.write("x")  # expect: opening opened.txt 1
print(open("opened.txt").read())  # expect: x
os.remove("opened.txt")
