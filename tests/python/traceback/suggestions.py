"""Who suggests names: from 3.12 on `traceback` does it too, not only the interpreter."""
import traceback


class Spelled:
    number = 1


def wrong_name():
    value = 1
    return vaule


for call in lambda: Spelled().nubmer, wrong_name:
    try:
        call()
    except Exception as error:
        print(*traceback.format_exception_only(type(error), error), end="")
        print(traceback.format_exc().splitlines()[-1])  # expect: AttributeError: 'Spelled' object has no attribute 'nubmer'. Did you mean: 'number'?
# expect: AttributeError: 'Spelled' object has no attribute 'nubmer'. Did you mean: 'number'?
# expect: NameError: name 'vaule' is not defined
# expect: NameError: name 'vaule' is not defined. Did you mean: 'value'?
