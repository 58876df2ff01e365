# Keyed digests: hmac, BLAKE2, keys made of passwords.
import hashlib
import hmac

h = hmac.new(b"key", b"The quick brown fox jumps over the lazy dog", hashlib.sha256)
print(h.hexdigest(), h.digest_size, h.block_size, h.name)  # expect: f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8 32 64 hmac-sha256
h = hmac.new(b"key", digestmod="md5")
h.update(b"The quick brown fox ")
copy = h.copy()
h.update(b"jumps over the lazy dog")
print(h.hexdigest(), copy.hexdigest(), h.name)  # expect: 80070713463e7749b90c2dc24911e275 ad6e4d365036b88d9f2eeb1f84fc4c15 hmac-md5
print(hmac.digest(b"key", b"message", "sha1").hex(), hmac.new(b"k" * 200, b"m", "sha512").hexdigest()[:32])  # expect: 2088df74d5f2146b48146caf4965377e9d0be3a4 56cacd8ce9dffad0254bdaf20b66d75c
print(hmac.compare_digest("abc", "abc"), hmac.compare_digest(b"abc", b"abd"))  # expect: True False
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 1000).hex())  # expect: 632c2812e46d4604102ba7618e9d6d7d2f8128f6266b4a03264d2a0460b7dcb3
print(hashlib.pbkdf2_hmac("sha1", b"password", b"salt", 2, 25).hex())  # expect: ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957cae9313626
print(hashlib.blake2b(b"message", key=b"secret", digest_size=16).hexdigest())  # expect: 050aacd26fd267b0b111e16f3fa7de22
print(hashlib.blake2s(b"message", salt=b"salt", person=b"me").hexdigest())  # expect: 76d805a97d465b595c9951717b14ca4ab2f4dfcbdb2822d0e8907b37de79d715
print(hashlib.blake2b.MAX_DIGEST_SIZE, hashlib.blake2s.MAX_KEY_SIZE, hashlib.blake2b.SALT_SIZE, hashlib.blake2s.PERSON_SIZE)  # expect: 64 32 16 8
tree = hashlib.blake2b(b"leaf", fanout=2, depth=2, leaf_size=4096, node_offset=1, node_depth=0, inner_size=64, last_node=True)
print(tree.hexdigest()[:32], tree.name, tree.block_size, tree.digest_size)  # expect: 4b6e95fa47ea546b73a59925ffdab731 blake2b 128 64
for bad in (lambda: hmac.new("key", b"m", "md5"), lambda: hmac.new(b"key", b"m", "nothing"), lambda: hashlib.pbkdf2_hmac("md5", b"", b"", 0)):
    try:
        print(bad())
    except Exception as error:
        print(f"{type(error).__name__}: {error}")  # expect: TypeError: key: expected bytes or bytearray, but got 'str'
# expect: ValueError: unsupported hash type nothing
# expect: ValueError: iteration value must be greater than 0.
