# A key of a cache, a fingerprint of a file, a chain of blocks.
import hashlib
import io
import json


def cache_key(*args, **kwargs):
    text = json.dumps([args, kwargs], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


print(cache_key(1, "a", flag=True), cache_key(1, "a", flag=True) == cache_key(1, "a", flag=True), cache_key(2))  # expect: 66ae12892c16803c True 3382dd1e0a34d0b1


def fingerprint(stream, size=4):
    h = hashlib.md5()
    while chunk := stream.read(size):
        h.update(chunk)
    return h.hexdigest()


print(fingerprint(io.BytesIO(b"some bytes of a file")), hashlib.md5(b"some bytes of a file").hexdigest())  # expect: d04d242f26118f0477acfeafdf50c8b6 d04d242f26118f0477acfeafdf50c8b6


class Block:
    def __init__(self, index, data, previous):
        self.index, self.data, self.previous = index, data, previous
        self.hash = hashlib.sha256(f"{index}{data}{previous}".encode()).hexdigest()


chain = [Block(0, "genesis", "0")]
for i, data in enumerate(["a", "b"], 1):
    chain.append(Block(i, data, chain[-1].hash))
print([block.hash[:10] for block in chain])  # expect: ['5f881b69a5', '31fa55594c', '4b9e447bb9']


def mine(data, zeros):
    nonce = 0
    while not hashlib.sha256(f"{data}{nonce}".encode()).hexdigest().startswith("0" * zeros):
        nonce += 1
    return nonce


print(mine("block", 2))  # expect: 31


class Bloom:
    def __init__(self, size, hashes):
        self.bits, self.size, self.hashes = bytearray(size), size, hashes

    def places(self, item):
        for seed in range(self.hashes):
            digest = hashlib.blake2b(item.encode(), digest_size=4, salt=bytes([seed])).digest()
            yield int.from_bytes(digest, "little") % self.size

    def add(self, item):
        for place in self.places(item):
            self.bits[place] = 1

    def __contains__(self, item):
        return all(self.bits[place] for place in self.places(item))


bloom = Bloom(100, 3)
for word in ("apple", "pear"):
    bloom.add(word)
print("apple" in bloom, "plum" in bloom, sum(bloom.bits))  # expect: True False 6
