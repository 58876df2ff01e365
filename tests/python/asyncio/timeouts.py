# wait_for, wait, as_completed.
import asyncio


async def job(n, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print("job", n, "cancelled")
        raise
    if n == 13:
        raise RuntimeError("unlucky")
    return n


async def main():
    loop = asyncio.get_running_loop()
    start = loop.time()
    try:
        await asyncio.wait_for(job(1, 5), timeout=0.5)
    except asyncio.TimeoutError as error:
        print(repr(error), round(loop.time() - start, 1))
    print(await asyncio.wait_for(job(2, 0.1), timeout=1), await asyncio.wait_for(job(3, 0.1), None))

    tasks = [asyncio.create_task(job(n, n / 10), name=f"job {n}") for n in (3, 1, 2)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([t.get_name() for t in done], sorted(t.get_name() for t in pending))
    done, pending = await asyncio.wait(pending, timeout=0.15)
    print([t.get_name() for t in done], sorted(t.get_name() for t in pending))
    done, pending = await asyncio.wait(pending)
    print([t.result() for t in done], pending)

    bad = [asyncio.create_task(job(n, n / 100)) for n in (13, 50)]
    done, pending = await asyncio.wait(bad, return_when=asyncio.FIRST_EXCEPTION)
    print([repr(t.exception()) for t in done], len(pending))
    pending.pop().cancel()

    for finished in asyncio.as_completed([job(4, 0.3), job(5, 0.1), job(6, 0.2)]):
        print(await finished)
    try:
        for finished in asyncio.as_completed([job(7, 0.1), job(8, 9)], timeout=0.5):
            print(await finished)
    except asyncio.TimeoutError as error:
        print(type(error).__name__)


asyncio.run(main())  # expect: job 1 cancelled
# expect: TimeoutError() 0.5
# expect: 2 3
# expect: ['job 1'] ['job 2', 'job 3']
# expect: ['job 2'] ['job 3']
# expect: [3] set()
# expect: ["RuntimeError('unlucky')"] 1
# expect: job 50 cancelled
# expect: 5
# expect: 6
# expect: 4
# expect: 7
# expect: TimeoutError
# expect: job 8 cancelled
