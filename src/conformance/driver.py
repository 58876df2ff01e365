# Runs cases of one module of a package of tests, and says line by line what became of each:
#     driver.py FOLDER MODULE [FILE]
# FILE has the names of the cases to run, one on each line; without it all run. Every line that is the driver's own
# begins with MARK; a case that does not come back has a "start" and nothing behind it.
import importlib.util
import json
import os
import re
import sys
import traceback
import unittest

MARK = "\x1e"
OUT = sys.stdout


def tell(**line):
    OUT.write("\n" + MARK + json.dumps(line) + "\n")
    OUT.flush()


def reason_of(error):
    """The last part of a traceback on one line, and where in the tests it was raised."""
    kind, value, trace = error
    try:
        text = "".join(traceback.format_exception_only(kind, value)).strip()
    except Exception as failure:
        text = f"{kind.__name__} (which cannot be shown: {type(failure).__name__})"
    place = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(FOLDER + os.sep):
            place = f"{file[len(FOLDER) + 1:]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return text.split("\n\n")[0].replace("\n", " ")[:400], place


def depth():
    frame, count = sys._getframe(1), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


# What helpers of many tests ask of C code for tests: sizes of structures among them.
INTERNAL = "_testinternalcapi"
INTERNAL_NAMES = {
    "SIZEOF_PYGC_HEAD": 16,
    "SIZEOF_MANAGED_PRE_HEADER": 16,
    "SIZEOF_TIME_T": 8,
    "get_recursion_depth": depth,
    "suppress_immortalization": lambda suppress: None,
}


class Result(unittest.TestResult):
    """What becomes of a case: the worst of all that was told of it."""

    ORDER = ["passed", "skipped", "failed", "error"]

    def note(self, test, outcome, error=None, reason=""):
        place = ""
        if error is not None:
            reason, place = reason_of(error)
        line = {"case": test.id(), "outcome": outcome, "reason": reason, "place": place}
        if test is not self.running:
            tell(**line)
        elif self.ORDER.index(outcome) > self.ORDER.index(self.line["outcome"]):
            self.line = line

    running = None

    def startTest(self, test):
        self.running = test
        self.line = {"case": test.id(), "outcome": "passed", "reason": "", "place": ""}
        tell(start=test.id())

    def stopTest(self, test):
        tell(**self.line)
        self.running = None

    def addSubTest(self, test, subtest, error):
        if error is not None:
            failed = issubclass(error[0], test.failureException)
            self.note(test, "failed" if failed else "error", error)

    def addFailure(self, test, error):
        self.note(test, "failed", error)

    def addError(self, test, error):
        self.note(test, "error", error)

    def addSkip(self, test, reason):
        self.note(getattr(test, "test_case", test), "skipped", reason=reason)

    def addUnexpectedSuccess(self, test):
        self.note(test, "failed", reason="unexpected success")

    addSuccess = addExpectedFailure = lambda self, *_: None


def cases_in(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from cases_in(test)
        else:
            yield test


class Missing(type(sys)):
    """A C module for tests that the interpreter lacks: whoever calls what it should have is skipped."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)

        def skip(*args, **keywords):
            raise unittest.SkipTest(f"needs {self.__name__}.{name}")

        return skip


def loaded(name):
    """The cases of a module. Where it insists on a C module that is for tests only, it gets an empty one."""
    while True:
        loader = unittest.TestLoader()
        try:
            suite = loader.loadTestsFromName(name)
            errors = [error.strip().splitlines()[-1] for error in loader.errors]
        except Exception as failure:
            suite, errors = [], [traceback.format_exception_only(failure)[-1].strip()]
        missing = re.search(r"(?:No module named|from) '(_test\w+)'", " ".join(errors))
        if not missing or isinstance(sys.modules.get(missing[1]), Missing):
            break
        sys.modules[missing[1]] = Missing(missing[1])
        sys.modules[missing[1]].__dict__.update(INTERNAL_NAMES)
    for error in errors:
        tell(case="import", outcome="error", reason=error, place="")
    return suite


def main():
    package = os.path.basename(FOLDER)
    sys.path.insert(0, os.path.dirname(FOLDER))
    support = __import__(package + ".support").support
    # What takes long or needs the outside is not asked for.
    support.use_resources = []
    if importlib.util.find_spec(INTERNAL) is None:
        sys.modules[INTERNAL] = type(sys)(INTERNAL)
        sys.modules[INTERNAL].__dict__.update(INTERNAL_NAMES)
    # Asking would take another process.
    script_helper = __import__(package + ".support.script_helper").support.script_helper
    script_helper.__dict__["__cached_interp_requires_environment"] = False
    suite = loaded(f"{package}.{MODULE}")
    wanted = None
    if FILE:
        with open(FILE[0]) as file:
            wanted = set(file.read().split("\n"))
    chosen = (test for test in cases_in(suite) if wanted is None or test.id() in wanted)
    unittest.TestSuite(chosen).run(Result())
    tell(end=True)


FOLDER, MODULE, *FILE = sys.argv[1:]
main()
