"""What an exception of `decimal` holds: the conditions that were met. No line of `decimal` is in its traceback."""
import math
import traceback
from decimal import Context, Decimal, DecimalException, FloatOperation, Inexact, getcontext, localcontext

for operation in (
    lambda: Decimal("abc"),
    lambda: Decimal(1) / 0,
    lambda: Decimal(0) / 0,
    lambda: Decimal(-1).sqrt(),
    lambda: Decimal("Infinity") - Decimal("Infinity"),
    lambda: Decimal(1).quantize(Decimal("1e-40")),
    lambda: int(Decimal("NaN")),
    lambda: math.floor(Decimal("-Infinity")),
    lambda: Decimal((1, 2)),
    lambda: Decimal("1e9999999999999999999"),
):
    try:
        print(operation())
    except (ArithmeticError, ValueError) as error:
        print(type(error).__name__, error)  # expect: InvalidOperation [<class 'decimal.ConversionSyntax'>]
# expect: DivisionByZero [<class 'decimal.DivisionByZero'>]
# expect: InvalidOperation [<class 'decimal.DivisionUndefined'>]
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
# expect: ValueError cannot convert NaN to integer
# expect: OverflowError cannot convert Infinity to integer
# expect: ValueError argument must be a sequence of length 3
# expect: InvalidOperation [<class 'decimal.InvalidOperation'>]
with localcontext() as context:
    context.traps[FloatOperation] = context.traps[Inexact] = True
    try:
        Decimal(3.14)
    except DecimalException:
        print(traceback.format_exc().splitlines()[-1], len(traceback.format_exc().splitlines()) < 6)
    print(context)  # expect: decimal.FloatOperation: [<class 'decimal.FloatOperation'>] True
# expect: Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[InvalidOperation, DivisionByZero, FloatOperation], traps=[InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow])
print(getcontext().traps[Inexact], Context(traps=[]))  # expect: False Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1, clamp=0, flags=[], traps=[])
