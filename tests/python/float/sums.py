"""`sum` of floats loses what rounding loses up to 3.11; from 3.12 on it keeps a correction."""
import statistics

tenths = [0.1] * 10
print(sum(tenths), sum(tenths) == 1.0)  # expect: 1.0 True
print(sum([1e100, 1.0, -1e100]), sum([1, 0.1, 0.2, True]))  # expect: 1.0 2.3
print(sum([float("inf"), 1.0]), sum([0.1, 0.2, 1j]), sum([-0.0]), sum([-0.0], -0.0))  # expect: inf (0.30000000000000004+1j) 0.0 -0.0
print(statistics.fmean(tenths))  # expect: 0.1
