# Blocking work in threads does not hold up the loop.
import asyncio
import concurrent.futures
import threading
import time


def blocking(n):
    time.sleep(0.2)
    return n * n


async def tick(log):
    for i in range(3):
        await asyncio.sleep(0.05)
        log.append(i)


async def main():
    log = []
    start = time.perf_counter()
    print(await asyncio.gather(asyncio.to_thread(blocking, 3), tick(log)), log)
    print(round(time.perf_counter() - start, 1))
    start = time.perf_counter()
    print(await asyncio.gather(*(asyncio.to_thread(blocking, n) for n in range(3))))
    print(round(time.perf_counter() - start, 1))

    loop = asyncio.get_running_loop()
    print(await loop.run_in_executor(None, sum, range(10)))
    with concurrent.futures.ThreadPoolExecutor(max_workers=1, thread_name_prefix="pool") as pool:
        start = time.perf_counter()
        names = [loop.run_in_executor(pool, lambda: (time.sleep(0.1), threading.current_thread().name)[1]) for _ in range(2)]
        print(await asyncio.gather(*names), round(time.perf_counter() - start, 1))
    event = asyncio.Event()

    def other():
        time.sleep(0.1)
        loop.call_soon_threadsafe(event.set)

    thread = threading.Thread(target=other)
    thread.start()
    await event.wait()
    thread.join()
    print("set by a thread")

    async def double(n):
        await asyncio.sleep(0.01)
        return 2 * n

    def asks():
        return asyncio.run_coroutine_threadsafe(double(21), loop).result()

    print(await asyncio.to_thread(asks))
    try:
        await asyncio.to_thread(int, "x")
    except ValueError as error:
        print(error)


asyncio.run(main())  # expect: [9, None] [0, 1, 2]
# expect: 0.2
# expect: [0, 1, 4]
# expect: 0.2
# expect: 45
# expect: ['pool_0', 'pool_0'] 0.2
# expect: set by a thread
# expect: 42
# expect: invalid literal for int() with base 10: 'x'
