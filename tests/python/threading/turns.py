# Threads that wait let others go on: sleeping, joining, locks, events, conditions.
import queue
import threading
import time

print(threading.current_thread().name, threading.main_thread().ident == threading.get_ident())  # expect: MainThread True


def work(n):
    time.sleep(n / 10)
    print("end", n, threading.current_thread().name.split()[0])


start = time.perf_counter()
threads = [threading.Thread(target=work, args=(n,)) for n in (3, 1, 2)]
for thread in threads:
    thread.start()
print("all started", threading.active_count(), [thread.is_alive() for thread in threads])  # expect: all started 4 [True, True, True]
for thread in threads:
    thread.join()  # expect: end 1 Thread-2
# expect: end 2 Thread-3
# expect: end 3 Thread-1
print(round(time.perf_counter() - start, 1), threading.active_count())  # expect: 0.3 1

lock = threading.Lock()


def critical(name):
    with lock:
        print(name, "in")
        time.sleep(0.1)
        print(name, "out")


threads = [threading.Thread(target=critical, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()  # expect: a in
for thread in threads:
    thread.join()  # expect: a out
# expect: b in
# expect: b out
# expect: c in
# expect: c out

ready = threading.Event()


def waits():
    print("waiting", ready.wait(0.05))
    print("woken", ready.wait())


thread = threading.Thread(target=waits)
thread.start()
time.sleep(0.1)  # expect: waiting False
ready.set()
thread.join()  # expect: woken True

condition = threading.Condition()
items = []


def consumer():
    for _ in range(3):
        with condition:
            condition.wait_for(lambda: items)
            print("consumed", items.pop(0))


thread = threading.Thread(target=consumer)
thread.start()
for i in range(3):
    time.sleep(0.01)
    with condition:
        items.append(i)
        condition.notify()  # expect: consumed 0
# expect: consumed 1
thread.join()  # expect: consumed 2

q = queue.Queue(maxsize=2)


def produce():
    for i in range(4):
        q.put(i)
    q.put(None)


threading.Thread(target=produce).start()
taken = []
while (item := q.get()) is not None:
    taken.append(item)
print(taken)  # expect: [0, 1, 2, 3]

semaphore = threading.Semaphore(2)
inside = most = 0


def limited():
    global inside, most
    with semaphore:
        inside += 1
        most = max(most, inside)
        time.sleep(0.1)
        inside -= 1


start = time.perf_counter()
threads = [threading.Thread(target=limited) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most, round(time.perf_counter() - start, 1))  # expect: 2 0.3

barrier = threading.Barrier(3)
met = []


def meets(n):
    time.sleep(n / 100)
    met.append(barrier.wait() >= 0)


threads = [threading.Thread(target=meets, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(met, barrier.parties, barrier.n_waiting)  # expect: [True, True, True] 3 0

timer = threading.Timer(0.5, print, ["timer"])
timer.start()
cancelled = threading.Timer(0.1, print, ["never"])
cancelled.start()
cancelled.cancel()
print("before")  # expect: before
timer.join()  # expect: timer

rlock = threading.RLock()


def nested():
    with rlock:
        with rlock:
            time.sleep(0.01)
            print("nested", rlock.acquire(False))
            rlock.release()


threads = [threading.Thread(target=nested) for _ in range(2)]
for thread in threads:
    thread.start()
print(rlock.acquire(timeout=0.001))  # expect: False
for thread in threads:
    thread.join()  # expect: nested True
# expect: nested True
print(rlock.acquire(blocking=False))  # expect: True
late = threading.Thread(target=lambda: (time.sleep(0.2), print("after the end of main")))
late.start()
daemon = threading.Thread(target=lambda: (time.sleep(5), print("never seen")), daemon=True)
daemon.start()
late.join(0.1)
print(late.is_alive(), daemon.daemon)  # expect: True True
print("main ends")  # expect: main ends
# expect: after the end of main
