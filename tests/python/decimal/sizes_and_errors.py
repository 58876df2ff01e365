"""A decimal number has room for four words of nineteen digits; an error tells the conditions that it is made of."""
import decimal
import sys
from decimal import Decimal

print([sys.getsizeof(Decimal("9" * digits)) for digits in (1, 19, 20, 76, 77, 95, 96, 200)])  # expect: [120, 120, 120, 120, 160, 160, 168, 208]
print(sys.getsizeof(Decimal(1) / Decimal(3)))  # expect: 120
for expression in ("Decimal('x')", "Decimal(1) / 0", "Decimal(0) / 0", "Decimal(10) ** 10 ** 20"):
    try:
        eval(expression)
    except ArithmeticError as error:
        print(type(error).__name__, error)  # expect: InvalidOperation [<class 'decimal.ConversionSyntax'>]
# expect: DivisionByZero [<class 'decimal.DivisionByZero'>]
# expect: InvalidOperation [<class 'decimal.DivisionUndefined'>]
# expect: Overflow [<class 'decimal.Overflow'>]
