# Names, exceptions and daemons.
import sys
import threading
import time


def fails():
    raise ValueError("in a thread")


def hook(args):
    print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name)


threading.excepthook = hook
thread = threading.Thread(target=fails)
print(thread.name, thread.ident, thread.is_alive(), thread)  # expect: Thread-1 (fails) None False <Thread(Thread-1 (fails), initial)>
thread.start()  # expect: hook: ValueError in a thread Thread-1 (fails)
thread.join()
print(thread.is_alive(), thread.ident is not None)  # expect: False True


class Worker(threading.Thread):
    def __init__(self, n):
        super().__init__(name=f"worker {n}", daemon=True)
        self.n = n
        self.result = None

    def run(self):
        time.sleep(0.01)
        self.result = self.n * 2


workers = [Worker(n) for n in range(3)]
for worker in workers:
    worker.start()
print(sorted(thread.name for thread in threading.enumerate()))  # expect: ['MainThread', 'worker 0', 'worker 1', 'worker 2']
for worker in workers:
    worker.join()
print([worker.result for worker in workers])  # expect: [0, 2, 4]
try:
    Worker(1).join()
except RuntimeError as error:
    print(error)  # expect: cannot join thread before it is started
try:
    threading.current_thread().join()
except RuntimeError as error:
    print(error)  # expect: cannot join current thread


def bound(a, b, *, c):
    time.sleep(0.001)
    print(a, b, c, threading.current_thread().daemon)


thread = threading.Thread(target=bound, args=(1, 2), kwargs={"c": 3})
thread.start()
thread.join()  # expect: 1 2 3 False
counter = 0
lock = threading.Lock()


def count():
    global counter
    for _ in range(1000):
        with lock:
            counter += 1


threads = [threading.Thread(target=count) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)  # expect: 4000


def generator():
    for i in range(3):
        time.sleep(0.01)
        yield i


def uses_generator():
    print(list(generator()), [i for i in generator()], sum(generator()))
    for i in generator():
        print("from generator", i)
    try:
        try:
            time.sleep(0.01)
            raise KeyError("k")
        finally:
            time.sleep(0.01)
            print("finally", sys.exc_info()[0].__name__)
    except KeyError as error:
        time.sleep(0.01)
        print("except", error)


threads = [threading.Thread(target=uses_generator) for _ in range(2)]
threads[0].start()
threads[0].join()  # expect: [0, 1, 2] [0, 1, 2] 3
# expect: from generator 0
# expect: from generator 1
# expect: from generator 2
# expect: finally KeyError
# expect: except 'k'
print(sys.exc_info()[0])  # expect: None
