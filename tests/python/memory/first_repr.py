"""The first container that is shown makes the list of those being shown, in a dict of the thread: both stay."""
import tracemalloc

shown = [1]
kept = [{} for _ in range(200)] + [[] for _ in range(200)] + [{"a": 1} for _ in range(200)]
for _ in range(2):
    tracemalloc.start()
    repr(shown)
    sizes = sorted(trace.size for trace in tracemalloc.take_snapshot().traces if trace.traceback[0].lineno == 8)
    tracemalloc.stop()
    print([size for size in sizes if size < 400])
# expect: [64, 120]
# expect: []
