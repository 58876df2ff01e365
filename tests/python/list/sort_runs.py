"""Which items a sort compares: from 3.13 on equal items may stand in a descending run. NaN shows it in the result."""

compared = []


class Item:
    def __init__(self, key):
        self.key = key

    def __lt__(self, other):
        compared.append(f"{self.key}<{other.key}")
        return self.key < other.key


for keys in [3, 2, 2, 1], [1, 1, 0], [2, 2, 2, 1, 1, 3], [5, 4, 3, 2, 1], [1, 2, 3, 0], [2, 1]:
    print([item.key for item in sorted(map(Item, keys))], *compared)
    compared.clear()  # expect: [1, 2, 2, 3] 2<3 2<2 2<2 1<2
# expect: [0, 1, 1] 1<1 0<1 1<1
# expect: [1, 1, 2, 2, 2, 3] 2<2 2<2 1<2 2<2 1<1 1<1 3<1 1<3 3<2
# expect: [1, 2, 3, 4, 5] 4<5 3<4 2<3 1<2
# expect: [0, 1, 2, 3] 2<1 3<2 0<3 1<3 0<2 0<1
# expect: [1, 2] 1<2
nan = float("nan")
print(sorted([20.7, nan, 19.2, 18.3, nan, 14.4]), sorted([nan, 1.0, nan, 0.0]))  # expect: [18.3, nan, 14.4, 20.7, nan, 19.2] [nan, 1.0, nan, 0.0]
