# What cannot be hashed.
import hashlib


def attempt(action):
    try:
        print(action())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


attempt(lambda: hashlib.md5("text"))  # expect: TypeError: Strings must be encoded before hashing
attempt(lambda: hashlib.md5(5))  # expect: TypeError: object supporting the buffer API required
attempt(lambda: hashlib.sha256().update("text"))  # expect: TypeError: Strings must be encoded before hashing
attempt(lambda: hashlib.new("nothing"))  # expect: ValueError: unsupported hash type nothing
attempt(lambda: hashlib.new(5))  # expect: TypeError: name must be a string
attempt(lambda: hashlib.sha256().update())  # expect: TypeError: HASH.update() takes exactly one argument (0 given)
attempt(lambda: hashlib.shake_128().hexdigest())  # expect: TypeError: hexdigest() missing required argument 'length' (pos 1)
attempt(lambda: hashlib.blake2b(digest_size=65))  # expect: ValueError: digest_size must be between 1 and 64 bytes
attempt(lambda: hashlib.blake2s(key=b"k" * 33))  # expect: ValueError: maximum key length is 32 bytes
attempt(lambda: hashlib.blake2b(salt=b"s" * 17))  # expect: ValueError: maximum salt length is 16 bytes
attempt(lambda: hashlib.md5([1]))  # expect: TypeError: object supporting the buffer API required
attempt(lambda: hashlib.md5().nothing)  # expect: AttributeError: '_hashlib.HASH' object has no attribute 'nothing'
