# resource: only what must be so everywhere.
import resource

before = resource.getrusage(resource.RUSAGE_SELF)
kept = [0] * 20_000_000
after = resource.getrusage(resource.RUSAGE_SELF)
print(after.ru_maxrss - before.ru_maxrss >= 100_000, before.ru_maxrss > 5_000, before.ru_maxrss < 100_000)  # expect: True True True
del kept
later = resource.getrusage(resource.RUSAGE_SELF)
print(later.ru_maxrss >= after.ru_maxrss, after.ru_utime >= before.ru_utime, len(after), type(after).__name__)  # expect: True True 16 struct_rusage
print(resource.getpagesize(), resource.RLIMIT_NOFILE, len(resource.getrlimit(resource.RLIMIT_STACK)))  # expect: 4096 7 2
try:
    resource.getrusage(77)
except ValueError as error:
    print(error)  # expect: invalid who parameter
