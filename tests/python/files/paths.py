# pathlib over files.
import os
import shutil
from pathlib import Path, PurePath, PurePosixPath

shutil.rmtree("/tmp/paths", ignore_errors=True)
base = Path("/tmp/paths")
(base / "sub" / "deep").mkdir(parents=True, exist_ok=True)
os.chdir(base)
p = Path("sub") / "note.txt"
print(p, repr(p), p.name, p.stem, p.suffix, p.parent, p.parts, p.is_absolute())  # expect: sub/note.txt PosixPath('sub/note.txt') note.txt note .txt sub ('sub', 'note.txt') False
print(p.write_text("hello\nworld\n"), p.read_text().split(), p.exists(), p.is_file(), p.stat().st_size)  # expect: 12 ['hello', 'world'] True True 12
print(Path("sub/b.bin").write_bytes(b"\0\1"), Path("sub/b.bin").read_bytes())  # expect: 2 b'\x00\x01'
with p.open("a") as f:
    f.write("more\n")
print(p.read_text())  # expect: hello
# expect: world
# expect: more
# expect:
print(sorted(Path("sub").iterdir()), sorted(Path(".").rglob("*")), sorted(Path(".").glob("**/*.txt")))  # expect: [PosixPath('sub/b.bin'), PosixPath('sub/deep'), PosixPath('sub/note.txt')] [PosixPath('sub'), PosixPath('sub/b.bin'), PosixPath('sub/deep'), PosixPath('sub/note.txt')] [PosixPath('sub/note.txt')]
print(p.resolve(), Path.cwd(), p.absolute() == p.resolve(), Path("sub/../sub").resolve())  # expect: /tmp/paths/sub/note.txt /tmp/paths True /tmp/paths/sub
print(p.with_suffix(".md"), p.with_name("x"), p.relative_to("sub"), p.joinpath("..", "y"), Path("a") / "/b")  # expect: sub/note.md sub/x note.txt sub/note.txt/../y /b
q = p.rename("sub/renamed.txt")
print(q, p.exists(), q.exists())  # expect: sub/renamed.txt False True
Path("sub/empty").touch()
print(Path("sub/empty").stat().st_size, Path("sub/deep").is_dir())  # expect: 0 True
Path("sub/link").symlink_to("renamed.txt")
print(Path("sub/link").is_symlink(), Path("sub/link").read_text()[:5], Path("sub/link").resolve().name)  # expect: True hello renamed.txt
q.unlink()
q.unlink(missing_ok=True)
for bad in (lambda: q.unlink(), lambda: q.read_text(), lambda: Path("sub").rmdir(), lambda: Path("sub").mkdir(),
            lambda: Path("sub").read_text()):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: FileNotFoundError: [Errno 2] No such file or directory: 'sub/renamed.txt'
# expect: FileNotFoundError: [Errno 2] No such file or directory: 'sub/renamed.txt'
# expect: OSError: [Errno 39] Directory not empty: 'sub'
# expect: FileExistsError: [Errno 17] File exists: 'sub'
# expect: IsADirectoryError: [Errno 21] Is a directory: 'sub'
print(Path("x") == PurePosixPath("x"), Path("b") > Path("a"), {Path("a"), Path("a")}, PurePath("a//b/./c"))  # expect: True True {PosixPath('a')} a/b/c
print(os.fspath(Path("a/b")), str(Path("~").expanduser()) == os.path.expanduser("~"))  # expect: a/b True
