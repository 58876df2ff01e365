# Names as UUIDs, and what a UUID is made of.
import uuid

print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "http://python.org/"))  # expect: 886313e1-3b8a-5372-9b90-0c9aee199e5d 9fe8e8c4-aaa8-32a9-a55c-4535a88b748d
u = uuid.UUID("12345678123456781234567812345678")
print(u, repr(u), u.hex, u.int, u.bytes[:4], u.version, u.variant, u.fields, u.urn)  # expect: 12345678-1234-5678-1234-567812345678 UUID('12345678-1234-5678-1234-567812345678') 12345678123456781234567812345678 24197857161011715162171839636988778104 b'\x124Vx' None reserved for NCS compatibility (305419896, 4660, 22136, 18, 52, 95073701484152) urn:uuid:12345678-1234-5678-1234-567812345678
print(uuid.UUID(int=5) < uuid.UUID(int=6), uuid.UUID(bytes=bytes(range(16))), hash(u) == hash(uuid.UUID(str(u))))  # expect: True 00010203-0405-0607-0809-0a0b0c0d0e0f True
four = uuid.uuid4()
print(four.version, four.variant, len(str(four)), four != uuid.uuid4(), isinstance(four, uuid.UUID))  # expect: 4 specified in RFC 4122 36 True True
for bad in (lambda: uuid.UUID("short"), lambda: uuid.UUID(), lambda: uuid.UUID(int=-1), lambda: setattr(u, "int", 3)):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: ValueError: badly formed hexadecimal UUID string
# expect: TypeError: one of the hex, bytes, bytes_le, fields, or int arguments must be given
# expect: ValueError: int is out of range (need a 128-bit value)
# expect: TypeError: UUID objects are immutable
