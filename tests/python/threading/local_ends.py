"""What a thread had in a `threading.local` dies when the thread ends, before anybody who waits for it goes on."""
import threading


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("gone:", self.name)


local = threading.local()
local.value = Noisy("main")


def run():
    local.value = Noisy("thread")
    print(threading.current_thread().name)


thread = threading.Thread(target=run, name="worker")
thread.start()  # expect: worker
# expect: gone: thread
thread.join()
print("joined", local.value.name)  # expect: joined main


class Counting(threading.local):
    def __init__(self):
        print("init")
        self.count = 0


counting = Counting()  # expect: init
counting.count = 5
thread = threading.Thread(target=lambda: print(counting.count))
thread.start()  # expect: init
# expect: 0
thread.join()
print(counting.count)  # expect: 5
del local  # expect: gone: main
