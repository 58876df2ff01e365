"""The same entry is shown three times and then counted; a group inside a chain keeps its boxes."""


def down(n):
    return down(n + 1)


down(0)
