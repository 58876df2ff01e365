# concurrent.futures: a pool of threads.
import concurrent.futures
import threading
import time
from concurrent.futures import ThreadPoolExecutor


def square(n):
    time.sleep(0.1)
    return n * n


start = time.perf_counter()
with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(square, range(8))), round(time.perf_counter() - start, 1))  # expect: [0, 1, 4, 9, 16, 25, 36, 49] 0.2

with ThreadPoolExecutor(max_workers=2, thread_name_prefix="w") as pool:
    futures = {pool.submit(time.sleep, n / 10): n for n in (3, 1, 2)}
    print([futures[future] for future in concurrent.futures.as_completed(futures)])
    future = pool.submit(lambda: threading.current_thread().name)
    print(future.result(), future.done(), future.cancel(), future.exception())
    bad = pool.submit(int, "x")
    try:
        bad.result()
    except ValueError as error:
        print(error)
    print(type(bad.exception()).__name__)
    slow = [pool.submit(square, n) for n in range(4)]
    print(slow[3].cancel(), slow[3].cancelled(), slow[0].running())
    done, pending = concurrent.futures.wait(slow, return_when=concurrent.futures.FIRST_COMPLETED)
    print(len(done) >= 1)
    future = pool.submit(square, 7)
    future.add_done_callback(lambda future: print("callback", future.result()))
    time.sleep(0.5)
    try:
        pool.submit(time.sleep, 1).result(timeout=0.1)
    except concurrent.futures.TimeoutError as error:
        print(type(error).__name__)  # expect: [1, 3, 2]
# expect: w_0 True False None
# expect: invalid literal for int() with base 10: 'x'
# expect: ValueError
# expect: True True False
# expect: True
# expect: callback 49
# expect: TimeoutError
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)  # expect: cannot schedule new futures after shutdown
local = threading.local()


def initialize(value):
    local.value = value


with ThreadPoolExecutor(1, initializer=initialize, initargs=("set",)) as pool:
    print(pool.submit(lambda: local.value).result(), hasattr(local, "value"))  # expect: set False
print(sorted([1, 2, 3], key=lambda n: (time.sleep(0.01), -n)[1]))  # expect: [3, 2, 1]
thread = threading.Thread(target=lambda: print(sorted([1, 2, 3], key=lambda n: (time.sleep(0.01), -n)[1])))
thread.start()
thread.join()  # expect: [3, 2, 1]
