"""The tokens of Python's source, one by one."""

import re

import token as _token

__all__ = ["TokenizerIter"]

_NUMBER = re.compile(r"""
    0[xX](?:_?[0-9a-fA-F])+ | 0[bB](?:_?[01])+ | 0[oO](?:_?[0-7])+
    | (?: [0-9](?:_?[0-9])*\.(?:[0-9](?:_?[0-9])*)? | \.[0-9](?:_?[0-9])* | [0-9](?:_?[0-9])* )
      (?:[eE][-+]?[0-9](?:_?[0-9])*)? [jJ]?
""", re.VERBOSE)
_NAME = re.compile(r"\w+")
_STRING_START = re.compile(r"(?i:(?P<f>f|fr|rf)|(?P<plain>r|u|b|br|rb)?)(?P<quote>'''|\"\"\"|'|\")")
_OPERATORS = sorted(_token.EXACT_TOKEN_TYPES, key=len, reverse=True)
_OPENING = {"(": ")", "[": "]", "{": "}"}


class _FString:
    """An f-string that is being read: its quote, and the brackets of the field that is open in it."""

    def __init__(self, quote, raw, row, col):
        self.quote, self.raw, self.place = quote, raw, (row, col)
        self.depth = None      # brackets that were open when the field began, or None outside of fields
        self.in_spec = False   # between the colon of a field and its end


class TokenizerIter:
    """Iterates over (type, text, start, end, line)."""

    def __init__(self, readline, /, *, encoding=None, extra_tokens=False):
        self._readline, self._encoding, self._extra = readline, encoding, extra_tokens
        self._tokens = self._read()

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._tokens)

    def _next_line(self):
        try:
            line = self._readline()
        except StopIteration:
            return ""
        if isinstance(line, bytes):
            line = line.decode(self._encoding or "utf-8")
        return line

    def _error(self, message, row, col, line, kind=SyntaxError):
        return kind(message, ("<string>", row, col + 1, line, row, col + 1))

    def _kind(self, text):
        return _token.OP if self._extra else _token.EXACT_TOKEN_TYPES[text]

    def _read(self):
        indents, brackets, fstrings = [0], [], []
        row, continued, fresh = 0, False, True
        line = last = ""
        while line := self._next_line():
            row += 1
            last = line
            col = 0
            if fresh and not brackets and not continued and not fstrings:
                col, blank = self._indentation(line)
                if blank:
                    yield from self._blank(line, row, col)
                    continue
                yield from self._indent(indents, line, row, col)
            continued = False
            while True:
                if fstrings and (fstrings[-1].depth is None or fstrings[-1].in_spec):
                    text, start, end, whole, line, row, col = self._middle(fstrings[-1], line, row, col)
                    if text:
                        yield _token.FSTRING_MIDDLE, text, start, end, whole
                    state = fstrings[-1]
                    if col < len(line) and line.startswith(state.quote, col) and not state.in_spec:
                        end = col + len(state.quote)
                        yield _token.FSTRING_END, state.quote, (row, col), (row, end), line
                        col = end
                        fstrings.pop()
                    elif state.in_spec and line[col:col + 1] == "}":
                        state.in_spec = False
                    else:
                        yield self._kind("{"), "{", (row, col), (row, col + 1), line
                        state.depth = len(brackets) if state.depth is None else state.depth
                        state.in_spec = False
                        brackets.append(("}", row, col))
                        col += 1
                    continue
                while col < len(line) and line[col] in " \t\f":
                    col += 1
                if col >= len(line):
                    break
                char = line[col]
                if char == "#":
                    end = len(line.rstrip("\r\n"))
                    if self._extra:
                        yield _token.COMMENT, line[col:end], (row, col), (row, end), line
                    col = end
                    continue
                if char in "\r\n":
                    if not brackets and not fstrings:
                        yield _token.NEWLINE, line[col:] if self._extra else "", (row, col), (row, col + 1), line
                        fresh = True
                    elif self._extra:
                        yield _token.NL, line[col:], (row, col), (row, col + 1), line
                    break
                fresh = False
                if char == "\\" and line[col + 1:].strip("\r\n") == "":
                    continued = True
                    break
                match = _STRING_START.match(line, col)
                if match and match["f"]:
                    start, quote = match.start(), match["quote"]
                    yield _token.FSTRING_START, match.group(), (row, start), (row, match.end()), line
                    fstrings.append(_FString(quote, "r" in match["f"].lower(), row, start))
                    col = match.end()
                    continue
                if match:
                    start = row, col
                    text, whole, line, row, col = self._string(match, line, row, col)
                    yield _token.STRING, text, start, (row, col), whole
                    continue
                if char.isdecimal() or char == "." and line[col + 1:col + 2].isdecimal():
                    match = _NUMBER.match(line, col)
                    yield _token.NUMBER, match.group(), (row, col), (row, match.end()), line
                    col = match.end()
                    continue
                match = _NAME.match(line, col)
                if match:
                    if not match.group().isidentifier():
                        raise self._error("invalid character", row, col, line)
                    yield _token.NAME, match.group(), (row, col), (row, match.end()), line
                    col = match.end()
                    continue
                operator = next((op for op in _OPERATORS if line.startswith(op, col)), None)
                if fstrings and fstrings[-1].depth is not None and len(brackets) == fstrings[-1].depth + 1:
                    # `:` begins the specification, `!` the conversion, of the field that is open.
                    if char == ":":
                        operator = ":"
                        fstrings[-1].in_spec = True
                    elif char == "!" and line[col + 1:col + 2] != "=":
                        operator = "!"
                if operator is None and char not in "$?!":
                    raise self._error(f"invalid character {char!r} (U+{ord(char):04X})", row, col, line)
                if operator is None:
                    yield _token.OP, char, (row, col), (row, col + 1), line
                    col += 1
                    continue
                if operator in _OPENING:
                    brackets.append((_OPENING[operator], row, col))
                elif operator in (")", "]", "}"):
                    if not brackets:
                        raise self._error(f"unmatched '{operator}'", row, col, line)
                    if brackets.pop()[0] != operator:
                        raise self._error(f"closing parenthesis '{operator}' does not match", row, col, line)
                yield self._kind(operator), operator, (row, col), (row, col + len(operator)), line
                col += len(operator)
                if operator == "}" and fstrings and fstrings[-1].depth == len(brackets):
                    fstrings[-1].depth = None
                    fstrings[-1].in_spec = False
        if fstrings:
            place = fstrings[-1].place
            raise self._error("unterminated f-string literal", *place, last)
        if brackets:
            raise self._error("unexpected EOF in multi-line statement", row, 0, last)
        if not fresh and last and not last.endswith("\n"):
            yield _token.NEWLINE, "", (row, len(last)), (row, len(last) + 1), last if self._extra else ""
        for _ in indents[1:]:
            yield _token.DEDENT, "", (row + 1, 0), (row + 1, 0), ""
        yield _token.ENDMARKER, "", (row + 1, 0), (row + 1, 0), ""

    @staticmethod
    def _indentation(line):
        """Where the text starts, and whether there is none."""
        col = len(line) - len(line.lstrip(" \t\f"))
        return col, line[col:col + 1] in ("", "#", "\n", "\r")

    def _blank(self, line, row, col):
        if not self._extra:
            return
        if line[col:col + 1] == "#":
            end = len(line.rstrip("\r\n"))
            yield _token.COMMENT, line[col:end], (row, col), (row, end), line
            col = end
        yield _token.NL, line[col:] if line[col:] else "", (row, col), (row, col + max(1, len(line[col:]))), line

    def _indent(self, indents, line, row, col):
        width = 0
        for char in line[:col]:
            width = width // 8 * 8 + 8 if char == "\t" else 0 if char == "\f" else width + 1
        if width > indents[-1]:
            indents.append(width)
            yield _token.INDENT, line[:col], (row, 0), (row, col), line
        while width < indents[-1]:
            indents.pop()
            if width > indents[-1]:
                raise self._error("unindent does not match any outer indentation level", row, col, line,
                                  IndentationError)
            yield _token.DEDENT, "", (row, col), (row, col), line

    def _string(self, match, line, row, col):
        """A string from its prefix to its closing quote, which may be lines further down."""
        quote, at, whole, text = match["quote"], match.end(), line, line[col:match.end()]
        start_row, start_col = row, col
        while True:
            while at < len(line):
                if line[at] == "\\":
                    text += line[at:at + 2]
                    at += 2
                elif line.startswith(quote, at):
                    return text + quote, whole, line, row, at + len(quote)
                elif line[at] in "\r\n" and len(quote) == 1:
                    raise self._error("unterminated string literal (detected at line %d)" % start_row, start_row,
                                      start_col, whole)
                else:
                    text += line[at]
                    at += 1
            line = self._next_line()
            if not line:
                kind = "triple-quoted string" if len(quote) == 3 else "string"
                raise self._error(f"unterminated {kind} literal (detected at line {row})", start_row, start_col, whole)
            row, at, whole = row + 1, 0, whole + line

    def _middle(self, state, line, row, col):
        """The text of an f-string up to its next field, or to its end."""
        start, text, whole = (row, col), "", line
        while True:
            while col < len(line):
                char = line[col]
                if line.startswith(state.quote, col) and not state.in_spec:
                    return text, start, (row, col), whole, line, row, col
                if state.in_spec and char == "}":
                    return text, start, (row, col), whole, line, row, col
                if char in "{}" and line[col + 1:col + 2] == char and not state.in_spec:
                    text += char
                    # The second brace belongs to the token's extent, not to its text.
                    col += 2
                    continue
                if char == "{":
                    return text, start, (row, col), whole, line, row, col
                if char == "}" and not state.in_spec:
                    raise self._error("f-string: single '}' is not allowed", row, col, line)
                if char == "\\" and not state.raw and line.startswith("N{", col + 1):
                    end = line.find("}", col) + 1 or len(line)
                    text, col = text + line[col:end], end
                    continue
                if char == "\\":
                    step = 1 if line[col + 1:col + 2] in "{}" else 2
                    text, col = text + line[col:col + step], col + step
                    continue
                if char in "\r\n" and len(state.quote) == 1:
                    raise self._error(f"unterminated f-string literal (detected at line {row})", *state.place, whole)
                text, col = text + char, col + 1
            line = self._next_line()
            if not line:
                raise self._error(f"unterminated f-string literal (detected at line {row})", *state.place, whole)
            row, col, whole = row + 1, 0, whole + line
