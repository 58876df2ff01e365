# Tasks run in turns at their awaits; gather gives the results in the order of its arguments.
import asyncio
import time


async def cook(dish, minutes):
    print("start", dish)
    await asyncio.sleep(minutes)
    print("done", dish)
    return dish.upper()


async def main():
    start = time.perf_counter()
    results = await asyncio.gather(cook("rice", 0.3), cook("soup", 0.1), cook("egg", 0.2))
    print(results, round(time.perf_counter() - start, 1))

    start = time.perf_counter()
    for dish in ("rice", "soup"):
        await cook(dish, 0.1)
    print(round(time.perf_counter() - start, 1))

    async def burn():
        raise ValueError("burnt")

    print(await asyncio.gather(cook("tea", 0), burn(), return_exceptions=True))
    try:
        await asyncio.gather(cook("cake", 0.05), burn())
    except ValueError as error:
        print("caught", error)
    await asyncio.sleep(0.1)
    print(await asyncio.gather())


asyncio.run(main())  # expect: start rice
# expect: start soup
# expect: start egg
# expect: done soup
# expect: done egg
# expect: done rice
# expect: ['RICE', 'SOUP', 'EGG'] 0.3
# expect: start rice
# expect: done rice
# expect: start soup
# expect: done soup
# expect: 0.2
# expect: start tea
# expect: done tea
# expect: ['TEA', ValueError('burnt')]
# expect: start cake
# expect: caught burnt
# expect: done cake
# expect: []
