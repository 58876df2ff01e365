# Piece by piece, other windows, errors.
import zlib

data = b"some data to be compressed, some data again " * 40
c = zlib.compressobj(9)
parts = [c.compress(data[:500]), c.compress(data[500:]), c.flush()]
print([len(part) for part in parts], zlib.decompress(b"".join(parts)) == data)  # expect: [2, 0, 59] True
c = zlib.compressobj()
first = c.compress(b"first part") + c.flush(zlib.Z_SYNC_FLUSH)
second = c.compress(b"second part") + c.flush()
print(first, len(second))  # expect: b'x\x9cJ\xcb,*.Q(H,*\x01\x00\x00\x00\xff\xff' 13
d = zlib.decompressobj()
print(d.decompress(first), d.decompress(second), d.eof, d.unused_data)  # expect: b'first part' b'second part' True b''
d = zlib.decompressobj()
packed = zlib.compress(data)
out = b"".join(d.decompress(packed[i:i + 10]) for i in range(0, len(packed), 10))
print(out == data, d.eof, d.flush())  # expect: True True b''
d = zlib.decompressobj()
print(d.decompress(packed + b"rest") == data, d.unused_data)  # expect: True b'rest'
raw = zlib.compressobj(6, zlib.DEFLATED, -15)
body = raw.compress(data) + raw.flush()
print(len(body), zlib.decompress(body, -15) == data, zlib.decompress(body, wbits=-15)[:9])  # expect: 55 True b'some data'
packed_gzip = zlib.compressobj(wbits=31)
body = packed_gzip.compress(data) + packed_gzip.flush()
print(body[:10], zlib.decompress(body, 31) == data, zlib.decompress(body, 47) == data)  # expect: b'\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03' True True
print(zlib.MAX_WBITS, zlib.DEFLATED, zlib.Z_BEST_COMPRESSION, zlib.Z_DEFAULT_COMPRESSION)  # expect: 15 8 9 -1
for bad in (lambda: zlib.decompress(b"not compressed"), lambda: zlib.decompress(packed[:-3]), lambda: zlib.compress("text"),
            lambda: zlib.decompress(b""), lambda: zlib.compress(b"x", 10), lambda: zlib.decompress(packed[:-1] + b"x")):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: error: Error -3 while decompressing data: incorrect header check
# expect: error: Error -5 while decompressing data: incomplete or truncated stream
# expect: TypeError: a bytes-like object is required, not 'str'
# expect: error: Error -5 while decompressing data: incomplete or truncated stream
# expect: error: Bad compression level
# expect: error: Error -3 while decompressing data: incorrect data check
