# Runs the examples of one file of documentation, and says line by line what became of each:
#     examples.py FILE NAME [LIST]
# LIST is a file with the lines of examples that are not to run: what stopped an earlier run. Every line that is the
# driver's own begins with MARK; an example that does not come back has a "start" and nothing behind it.
import doctest
import json
import re
import sys
import traceback

MARK = "\x1e"
OUT = sys.stdout
BLOCK = re.compile(r"( *)\.\. (doctest|testsetup|testcode|testoutput|testcleanup)::(.*)")
OPTION = re.compile(r" *:(\w+):(.*)")


def tell(**line):
    OUT.write("\n" + MARK + json.dumps(line) + "\n")
    OUT.flush()


def blocks_of(text):
    """The blocks that Sphinx runs: their kind, options, first line and end, and their text."""
    lines = text.splitlines()
    for start, line in enumerate(lines):
        head = BLOCK.fullmatch(line)
        if not head:
            continue
        end = start + 1
        while end < len(lines) and (not lines[end].strip() or indent_of(lines[end]) > len(head[1])):
            end += 1
        body = start + 1
        options = {}
        while body < end and (option := OPTION.fullmatch(lines[body])):
            options[option[1]] = option[2]
            body += 1
        code = [line for line in lines[body:end]]
        margin = min((indent_of(line) for line in code if line.strip()), default=0)
        code = "\n".join(line[margin:] for line in code).strip("\n") + "\n"
        yield head[2], options, body, end, code


def indent_of(line):
    return len(line) - len(line.lstrip())


def readable_examples_of(text):
    """The examples but for those that `doctest` refuses, and with them the file: the line that it names is emptied."""
    while True:
        try:
            return doctest.DocTestParser().get_examples(text, NAME)
        except ValueError as error:
            line = re.match(r"line (\d+) ", str(error))
            lines = text.split("\n")
            # Some messages count from the line before the first.
            at = int(line[1]) - 1
            while not lines[at].strip():
                at -= 1
            lines[at] = ""
            text = "\n".join(lines)


def examples_of(text):
    """What `doctest` finds in the file, and Sphinx's blocks of code among it, in the order of their lines."""
    text = text.expandtabs()
    for directive in re.findall(r"#\s*doctest:(.*)", text):
        for name in re.findall(r"[+-](\w+)", directive):
            doctest.register_optionflag(name)
    examples = readable_examples_of(text)
    code = None
    for kind, options, start, end, body in blocks_of(text):
        if kind == "doctest":
            flags = {
                doctest.OPTIONFLAGS_BY_NAME[name[1:]]: name[0] == "+"
                for name in re.split(r"[\s,]+", options.get("options", ""))
                if name[1:] in doctest.OPTIONFLAGS_BY_NAME
            }
            for example in examples:
                if start <= example.lineno < end:
                    example.options = flags | example.options
        elif kind == "testoutput":
            if code is not None:
                code.want = body
            code = None
        elif ">>>" not in body:
            code = doctest.Example(f"exec({body!r})\n", "", lineno=start)
            code.is_setup = kind != "testcode"
            examples.append(code)
    examples.sort(key=lambda example: example.lineno)
    return examples


class Runner(doctest.DocTestRunner):
    def line(self, example, **more):
        if not getattr(example, "is_setup", False):
            tell(case=f"{NAME}:{example.lineno + 1}", **more)

    def report_start(self, out, test, example):
        tell(start=f"{NAME}:{example.lineno + 1}")

    def report_success(self, out, test, example, got):
        self.line(example, outcome="passed")

    def report_failure(self, out, test, example, got):
        self.line(example, outcome="failed", reason=f"{example.want!r} is {got!r}"[:400], place=first(example))

    def report_unexpected_exception(self, out, test, example, error):
        text = "".join(traceback.format_exception_only(*error[:2])).strip()
        self.line(example, outcome="error", reason=text[:400], place=first(example))


def first(example):
    return example.source.split("\n")[0]


def main():
    with open(PATH, encoding="utf-8") as file:
        text = file.read()
    left_out = set()
    if LIST:
        with open(LIST[0]) as file:
            left_out = set(file.read().split("\n"))
    examples = [example for example in examples_of(text) if f"{NAME}:{example.lineno + 1}" not in left_out]
    tell(count=sum(not getattr(example, "is_setup", False) for example in examples))
    test = doctest.DocTest(examples, {"__name__": "__main__"}, NAME, PATH, 0, text)
    Runner(verbose=False).run(test, out=lambda text: None)
    tell(end=True)


PATH, NAME, *LIST = sys.argv[1:]
main()
