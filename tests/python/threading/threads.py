# Threads that finish, as a program sees them after `join`.
import queue
import threading

results = []


def work(n):
    results.append((n, threading.current_thread().name))


threads = [threading.Thread(target=work, args=(i,), name=f"worker-{i}") for i in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results), [thread.is_alive() for thread in threads])  # expect: [(0, 'worker-0'), (1, 'worker-1'), (2, 'worker-2')] [False, False, False]
print(threading.main_thread().name, threading.active_count(), threading.current_thread() is threading.main_thread())  # expect: MainThread 1 True
lock = threading.Lock()
with lock:
    print(lock.locked(), lock.acquire(blocking=False))
# expect: True False
print(lock.locked())  # expect: False
rlock = threading.RLock()
with rlock, rlock:
    print("twice")
# expect: twice
local = threading.local()
local.x = "main"


def other():
    print(hasattr(local, "x"))
    local.x = "other"


t = threading.Thread(target=other)
t.start()  # expect: False
t.join()
print(local.x, local.__dict__)  # expect: main {'x': 'main'}


class Counter(threading.local):
    def __init__(self, start):
        self.n = start


c = Counter(5)
c.n += 1
t = threading.Thread(target=lambda: print(c.n))
t.start()  # expect: 5
t.join()
print(c.n)  # expect: 6
q = queue.Queue()
t = threading.Thread(target=lambda: [q.put(i) for i in range(3)])
t.start()
t.join()
print([q.get() for _ in range(3)], q.empty(), q.qsize())  # expect: [0, 1, 2] True 0
e = threading.Event()
threading.Thread(target=e.set).start()
print(e.wait(), e.is_set())  # expect: True True
try:
    t.start()
except RuntimeError as error:
    print(error)
# expect: threads can only be started once
barrier = threading.Semaphore(2)
print(barrier.acquire(), barrier.acquire(), barrier.acquire(blocking=False))  # expect: True True False
timer = threading.Timer(0, lambda: print("timer"))
timer.start()  # expect: timer
timer.join()
