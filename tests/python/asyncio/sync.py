# Lock, Semaphore, Event, Condition: who waits, who goes on.
import asyncio


async def main():
    lock = asyncio.Lock()
    log = []

    async def critical(n):
        async with lock:
            log.append(f"in {n}")
            await asyncio.sleep(0.01)
            log.append(f"out {n}")

    await asyncio.gather(*(critical(n) for n in range(3)))
    print(log, lock.locked())
    try:
        lock.release()
    except RuntimeError as error:
        print(error)

    semaphore = asyncio.Semaphore(2)
    running = most = 0

    async def limited(n):
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.1)
            running -= 1

    start = asyncio.get_running_loop().time()
    await asyncio.gather(*(limited(n) for n in range(6)))
    print(most, round(asyncio.get_running_loop().time() - start, 1), semaphore.locked())
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    bounded.release()
    try:
        bounded.release()
    except ValueError as error:
        print(error)

    event = asyncio.Event()

    async def waiter(n):
        await event.wait()
        print("waiter", n)

    tasks = [asyncio.create_task(waiter(n)) for n in range(2)]
    await asyncio.sleep(0)
    print(event.is_set())
    event.set()
    await asyncio.wait(tasks)

    condition = asyncio.Condition()
    items = []

    async def consumer(n):
        async with condition:
            await condition.wait_for(lambda: items)
            print("consumer", n, "takes", items.pop(0))

    consumers = [asyncio.create_task(consumer(n)) for n in range(2)]
    await asyncio.sleep(0)
    async with condition:
        items += ["a", "b"]
        condition.notify_all()
    await asyncio.gather(*consumers)
    try:
        condition.notify()
    except RuntimeError as error:
        print(error)


asyncio.run(main())  # expect: ['in 0', 'out 0', 'in 1', 'out 1', 'in 2', 'out 2'] False
# expect: Lock is not acquired.
# expect: 2 0.3 False
# expect: BoundedSemaphore released too many times
# expect: False
# expect: waiter 0
# expect: waiter 1
# expect: consumer 0 takes a
# expect: consumer 1 takes b
# expect: cannot notify on un-acquired lock
