# TaskGroup: all tasks of the block end with it; the first that fails cancels the others. From 3.11 on.
import asyncio


async def step(n, seconds, error=None):
    try:
        await asyncio.sleep(seconds)
        if error:
            raise error
        print("step", n)
        return n
    except asyncio.CancelledError:
        print("step", n, "cancelled")
        raise


async def main():
    async with asyncio.TaskGroup() as group:
        first = group.create_task(step(1, 0.2))
        second = group.create_task(step(2, 0.1), name="second")
        print(group)
    print(first.result(), second.result(), group)

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(step(3, 0.1, ValueError("three")))
            group.create_task(step(4, 5))
            group.create_task(step(5, 0.1, TypeError("five")))
    except* ValueError as caught:
        print(repr(caught), caught.exceptions)
    except* TypeError as caught:
        print(repr(caught))

    try:
        async with asyncio.timeout(0.5) as limit:
            await step(6, 9)
    except TimeoutError as error:
        print(repr(error), limit.expired(), type(error.__cause__).__name__)
    async with asyncio.timeout(None) as limit:
        await step(7, 0.1)
        limit.reschedule(asyncio.get_running_loop().time() + 1)
        print(limit.when() is not None)
    print(limit)
    async with asyncio.timeout_at(asyncio.get_running_loop().time() + 1):
        await step(8, 0.1)

    try:
        group.create_task(asyncio.sleep(0))
    except RuntimeError as error:
        print(str(error).split("at 0x")[0])

    async def cancelled_inside():
        async with asyncio.TaskGroup() as group:
            group.create_task(step(9, 5))
            await asyncio.sleep(5)

    task = asyncio.create_task(cancelled_inside())
    await asyncio.sleep(0.1)
    task.cancel()
    print(task.cancelling())
    try:
        await task
    except asyncio.CancelledError:
        print("task cancelled", task.cancelling(), task.uncancel())

    barrier = asyncio.Barrier(3)

    async def meet(n):
        await asyncio.sleep(n / 10)
        position = await barrier.wait()
        print("met", n, position)

    await asyncio.gather(*(meet(n) for n in range(3)))


with asyncio.Runner() as runner:
    print(runner.run(main()))
    print(runner.run(asyncio.sleep(0, "again")))
    print(runner.get_loop().is_closed())  # expect: <TaskGroup tasks=2 entered>
# expect: step 2
# expect: step 1
# expect: 1 2 <TaskGroup entered>
# expect: step 4 cancelled
# expect: ExceptionGroup('unhandled errors in a TaskGroup', [ValueError('three')]) (ValueError('three'),)
# expect: ExceptionGroup('unhandled errors in a TaskGroup', [TypeError('five')])
# expect: step 6 cancelled
# expect: TimeoutError() True CancelledError
# expect: step 7
# expect: True
# expect: <Timeout [finished]>
# expect: step 8
# expect: TaskGroup <TaskGroup cancelling> is finished
# expect: 1
# expect: step 9 cancelled
# expect: task cancelled 1 0
# expect: met 2 2
# expect: met 0 0
# expect: met 1 1
# expect: None
# expect: again
# expect: False
