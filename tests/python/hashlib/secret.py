# `secrets`: only shapes are the same every time.
import secrets
import string

print(len(secrets.token_hex(8)), len(secrets.token_bytes(5)), len(secrets.token_urlsafe(16)), type(secrets.token_bytes()))  # expect: 16 5 22 <class 'bytes'>
print(0 <= secrets.randbelow(10) < 10, secrets.choice("a"), secrets.randbits(8) < 256)  # expect: True a True
alphabet = string.ascii_letters + string.digits
password = "".join(secrets.choice(alphabet) for _ in range(12))
print(len(password), set(password) <= set(alphabet), secrets.compare_digest("a", "a"))  # expect: 12 True True
try:
    secrets.randbelow(0)
except ValueError as error:
    print(error)  # expect: Upper bound must be positive.
