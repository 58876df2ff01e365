# tests/python/random/generator.py: the Mersenne Twister, bit for bit.
import _random


def error(function):
    try:
        return function()
    except Exception as e:
        return f"{type(e).__name__}: {e}"


r = _random.Random(5)
print([r.random() for _ in range(3)], r.getrandbits(7), r.getrandbits(32), r.getrandbits(100), r.getrandbits(0))  # expect: [0.6229016948897019, 0.7417869892607294, 0.7951935655656966] 120 3614262064 706899414540038233555879984681 0
print(_random.Random(0).random(), _random.Random(-5).random(), _random.Random(10**40).random(), _random.Random(5.5).random(), _random.Random(True).random())  # expect: 0.8444218515250481 0.6229016948897019 0.34753796566513817 0.8365655820458704 0.13436424411240122
print(_random.Random("abc".__len__()).random(), _random.Random((1, 2)).random())  # expect: 0.23796462709189137 0.9332138816850685
r.seed(42)
state = r.getstate()
first = [r.random() for _ in range(1000)]
r.setstate(state)
print(first == [r.random() for _ in range(1000)], sum(first), len(state), state[:3], state[-1], r.getstate()[-1])  # expect: True 512.5619702436155 625 (2147483648, 3564348608, 1266698288) 624 128
print(r.__sizeof__(), type(r).__name__, type(r).__module__)  # expect: 2520 Random _random
print(error(lambda: _random.Random([])))  # expect: TypeError: unhashable type: 'list'
print(error(lambda: _random.Random(1, 2)))  # expect: TypeError: Random() requires 0 or 1 argument
print(error(lambda: _random.Random(x=1)))  # expect: TypeError: Random() takes no keyword arguments
print(error(lambda: r.getrandbits(-1)))  # expect: ValueError: number of bits must be non-negative
print(error(lambda: r.getrandbits(1.5)))  # expect: TypeError: 'float' object cannot be interpreted as an integer
print(error(lambda: r.setstate(5)))  # expect: TypeError: state vector must be a tuple
print(error(lambda: r.setstate((1, 2))))  # expect: ValueError: state vector is the wrong size
print(error(lambda: r.setstate(tuple([0] * 624) + (700,))))  # expect: ValueError: invalid state
print(error(lambda: r.seed(5, 6)))  # expect: TypeError: seed expected at most 1 argument, got 2


class Mine(_random.Random):
    def random(self):
        return super().random() / 2


print(Mine(5).random(), Mine().seed(3), Mine(5).getrandbits(8))  # expect: 0.31145084744485096 None 159
