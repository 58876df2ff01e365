# Producers and consumers.
import asyncio


async def producer(queue, n):
    for i in range(3):
        await queue.put((n, i))
        print("put", n, i, queue.qsize())
        await asyncio.sleep(0.01)


async def consumer(queue, name):
    while True:
        item = await queue.get()
        await asyncio.sleep(0.025)
        print(name, "got", item)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=2)
    consumers = [asyncio.create_task(consumer(queue, name)) for name in "AB"]
    await asyncio.gather(*(producer(queue, n) for n in range(2)))
    await queue.join()
    for task in consumers:
        task.cancel()
    print(await asyncio.gather(*consumers, return_exceptions=True))
    print(queue.empty(), queue.full(), queue.maxsize)

    priority = asyncio.PriorityQueue()
    for n in (3, 1, 2):
        priority.put_nowait(n)
    print([await priority.get() for _ in range(3)])
    stack = asyncio.LifoQueue()
    for n in (3, 1, 2):
        await stack.put(n)
    print([stack.get_nowait() for _ in range(3)])
    try:
        stack.get_nowait()
    except asyncio.QueueEmpty as error:
        print(repr(error))
    small = asyncio.Queue(1)
    small.put_nowait(1)
    try:
        small.put_nowait(2)
    except asyncio.QueueFull as error:
        print(repr(error))
    try:
        queue.task_done()
    except ValueError as error:
        print(error)


asyncio.run(main())  # expect: put 0 0 1
# expect: put 1 0 2
# expect: put 0 1 1
# expect: put 1 1 2
# expect: A got (0, 0)
# expect: B got (1, 0)
# expect: put 0 2 1
# expect: put 1 2 2
# expect: A got (0, 1)
# expect: B got (1, 1)
# expect: A got (0, 2)
# expect: B got (1, 2)
# expect: [CancelledError(''), CancelledError('')]
# expect: True False 2
# expect: [1, 2, 3]
# expect: [2, 1, 3]
# expect: QueueEmpty()
# expect: QueueFull()
# expect: task_done() called too many times
