# Digests of known texts, and what a hash object says about itself.
import hashlib

for name in sorted(hashlib.algorithms_guaranteed):
    if name.startswith("shake"):
        continue
    h = hashlib.new(name, b"The quick brown fox jumps over the lazy dog")
    print(name, h.name, h.digest_size, h.block_size, h.hexdigest())  # expect: blake2b blake2b 64 128 a8add4bdddfd93e4877d2746e62817b116364a1fa7bc148d95090bc7333b3673f82401cf7aa2e4cb1ecd90296e3f14cb5413f8ed77be73045b13914cdcd6a918
# expect: blake2s blake2s 32 64 606beeec743ccbeff6cbcdf5d5302aa855c256c29b88c8ed331ea1a6bf3c8812
# expect: md5 md5 16 64 9e107d9d372bb6826bd81d3542a419d6
# expect: sha1 sha1 20 64 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12
# expect: sha224 sha224 28 64 730e109bd7a8a32b1cb9d9a09aa2325d2430587ddbc0c38bad911525
# expect: sha256 sha256 32 64 d7a8fbb307d7809469ca9abcb0082e4f8d5651e46d3cdb762d02d0bf37c9e592
# expect: sha384 sha384 48 128 ca737f1014a48f4c0b6dd43cb177b0afd9e5169367544c494011e3317dbf9a509cb1e5dc1e85a941bbee3d7f2afbc9b1
# expect: sha3_224 sha3_224 28 144 d15dadceaa4d5d7bb3b48f446421d542e08ad8887305e28d58335795
# expect: sha3_256 sha3_256 32 136 69070dda01975c8c120c3aada1b282394e7f032fa9cf32f4cb2259a0897dfc04
# expect: sha3_384 sha3_384 48 104 7063465e08a93bce31cd89d2e3ca8f602498696e253592ed26f07bf7e703cf328581e1471a7ba7ab119b1a9ebdf8be41
# expect: sha3_512 sha3_512 64 72 01dedd5de4ef14642445ba5f5b97c15e47b9ad931326e4b0727cd94cefc44fff23f07bf543139939b49128caf436dc1bdee54fcb24023a08d9403f9b4bf0d450
# expect: sha512 sha512 64 128 07e547d9586f6a73f73fbac0435ed76951218fb7d0c8d788a309d785436bbb642e93a252a954f23912547d1e8a3b5ed6e1bfd7097821233fa0538f3db854fee6
for name in ("shake_128", "shake_256"):
    h = hashlib.new(name)
    h.update(b"abc")
    print(name, h.digest_size, h.block_size, h.hexdigest(8), h.digest(4))  # expect: shake_128 0 168 5881092dd818bf5c b'X\x81\t-'
# expect: shake_256 0 136 483366601360a877 b'H3f`'

print(hashlib.md5(b"").hexdigest())  # expect: d41d8cd98f00b204e9800998ecf8427e
print(hashlib.sha1("한글".encode()).hexdigest())  # expect: de510ee18f9ec63431a640b3fe6823ca9013da91
print(hashlib.sha256(bytearray(b"x") * 1000).hexdigest())  # expect: 44f8354494a5ba03ba1792a8d3e9c534c47a9181980fde7a3f44b06ef2ae7c7f
print(hashlib.sha256(memoryview(b"abcdef")[1:4]).hexdigest() == hashlib.sha256(b"bcd").hexdigest())  # expect: True
h = hashlib.sha256()
for piece in (b"one", b"two", b"three"):
    h.update(piece)
print(h.hexdigest(), h.hexdigest() == hashlib.sha256(b"onetwothree").hexdigest())  # expect: 4592092e1061c7ea85af2aed194621cc17a2762bae33a79bf8ce33fd0168b801 True
fork = h.copy()
fork.update(b"four")
print(h.hexdigest()[:16], fork.hexdigest()[:16], h.digest()[:4], len(h.digest()))  # expect: 4592092e1061c7ea 9a440ca0fcbc31f7 b'E\x92\t.' 32
print(type(h), repr(h).split(" @ ")[0], type(hashlib.shake_128()), hashlib.sha256, hashlib.blake2b)  # expect: <class '_hashlib.HASH'> <sha256 _hashlib.HASH object <class '_hashlib.HASHXOF'> <built-in function openssl_sha256> <class '_blake2.blake2b'>
