# How small things become: every byte as zlib writes it.
import gzip
import hashlib
import io
import random
import zlib

random.seed(7)
texts = {
    "empty": b"",
    "one": b"a",
    "run": b"a" * 1000,
    "words": b"the quick brown fox jumps over the lazy dog " * 50,
    "numbers": " ".join(str(n) for n in range(3000)).encode(),
    "noise": bytes(random.randrange(256) for _ in range(5000)),
    "mixed": bytes(random.choice(b"abcdefgh  \n") for _ in range(60000)),
    "json": str([{"id": n, "name": f"user{n % 37}", "tags": ["a", "b"] * (n % 3)} for n in range(1500)]).encode(),
    "long": bytes(n * n % 251 for n in range(100_000)) + b"xyz" * 20000,
}
for name, text in texts.items():
    sizes = []
    for level in range(1, 10):
        packed = zlib.compress(text, level)
        assert zlib.decompress(packed) == text
        sizes.append((len(packed), hashlib.md5(packed).hexdigest()[:6]))
    print(name, len(text), sizes)  # expect: empty 0 [(8, '9f374a'), (8, '8536dc'), (8, '8536dc'), (8, '8536dc'), (8, '8536dc'), (8, 'fb0fc3'), (8, '3b0f2d'), (8, '3b0f2d'), (8, '3b0f2d')]
# expect: one 1 [(9, '6a236f'), (9, '06df4a'), (9, '06df4a'), (9, '06df4a'), (9, '06df4a'), (9, '689393'), (9, '32bbf5'), (9, '32bbf5'), (9, '32bbf5')]
# expect: run 1000 [(19, 'a92ac1'), (19, 'eed4af'), (19, 'eed4af'), (17, '1b48f9'), (17, '1b48f9'), (17, '53fd01'), (17, 'e163e9'), (17, 'e163e9'), (17, 'e163e9')]
# expect: words 2200 [(78, 'f1f16a'), (75, '0c5a44'), (75, '0c5a44'), (71, 'b09ecc'), (71, 'b09ecc'), (71, 'd9502e'), (71, '39b5db'), (71, '39b5db'), (71, '39b5db')]
# expect: numbers 13889 [(5583, '29380d'), (5558, 'fc51ea'), (5857, '0b3a14'), (6389, 'bbe451'), (6468, 'e21131'), (6468, 'b4da1e'), (6468, 'aa00d6'), (6468, 'aa00d6'), (6468, 'aa00d6')]
# expect: noise 5000 [(5011, 'f1963b'), (5011, '2fbcef'), (5011, '2fbcef'), (5011, '2fbcef'), (5011, '2fbcef'), (5011, '0c0f06'), (5011, 'c40bad'), (5011, 'c40bad'), (5011, 'c40bad')]
# expect: mixed 60000 [(29919, 'aaec45'), (29926, 'b49285'), (29555, 'c1c45b'), (29224, 'a5da02'), (29213, '38b195'), (29239, '814959'), (29239, '665a2e'), (29239, '665a2e'), (29239, '665a2e')]
# expect: json 77480 [(8410, '81de7c'), (8786, '84fbde'), (7675, 'aee9db'), (8213, 'e795f0'), (7143, '5adf96'), (7273, '515c16'), (6926, '6c26a5'), (6757, '8a7182'), (6479, '85438a')]
# expect: long 160000 [(1396, 'f60679'), (1396, '01f49d'), (1396, '01f49d'), (774, '4e7196'), (774, '4e7196'), (774, '4321e9'), (774, 'e746a7'), (774, 'e746a7'), (774, 'e746a7')]
print(zlib.compress(b"hello hello hello"), zlib.compress(b"hello", 0), len(zlib.compress(texts["words"])))  # expect: b'x\x9c\xcbH\xcd\xc9\xc9W\xc8@\x90\x00:.\x06}' b'x\x01\x01\x05\x00\xfa\xffhello\x06,\x02\x15' 71
print(zlib.crc32(b"hello"), zlib.adler32(b"hello"), zlib.crc32(b"lo", zlib.crc32(b"hel")), zlib.adler32(b""))  # expect: 907060870 103547413 907060870 1
packed = gzip.compress(texts["words"], mtime=0)
print(len(packed), packed[:4], gzip.decompress(packed) == texts["words"])  # expect: 83 b'\x1f\x8b\x08\x00' True
stream = io.BytesIO()
with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as f:
    f.write(b"line one\n")
    f.write(b"line two\n")
stream.seek(0)
with gzip.open(stream, "rt") as f:
    print(f.readlines())  # expect: ['line one\n', 'line two\n']
