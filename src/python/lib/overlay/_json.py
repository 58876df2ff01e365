"""JSON read and written, without frames of its own in tracebacks. CPython: Modules/_json.c."""

import re
import sys

_space = re.compile(r"[ \t\n\r]*").match
_number = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?").match
_plain = re.compile(r'[^"\\\x00-\x1f]*').match
_hex = re.compile(r"[0-9a-fA-F]{4}").match
_ESCAPED = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS = {"n": ("null", None), "t": ("true", True), "f": ("false", False)}
_CONSTANTS = ("NaN", "Infinity", "-Infinity")
# Nested lists and objects; older versions count them as calls of Python functions.
_DEPTH = 10_000 if sys.version_info >= (3, 13) else 1_000
_NAMES_COMMAS = sys.version_info >= (3, 13)
_TELLS_FLOATS = sys.version_info >= (3, 12)
_ADDS_NOTES = sys.version_info >= (3, 14)


def _error(message, string, at):
    from json.decoder import JSONDecodeError
    return JSONDecodeError(message, string, at)


def _needs_text(value):
    if not isinstance(value, str):
        raise TypeError(f"first argument must be a string, not {type(value).__name__:.80}")


def scanstring(string, end, strict=True):
    if end > sys.maxsize:
        raise OverflowError("Python int too large to convert to C ssize_t")
    _needs_text(string)
    if not 0 <= end <= len(string):
        raise ValueError("end is out of bounds")
    begin, parts, size = end - 1, [], len(string)
    while True:
        stop = _plain(string, end).end()
        parts.append(string[end:stop])
        if stop == size:
            raise _error("Unterminated string starting at", string, begin)
        char = string[stop]
        if char == '"':
            return "".join(parts), stop + 1
        if char != "\\":
            if strict:
                raise _error("Invalid control character at", string, stop)
            parts.append(char)
            end = stop + 1
            continue
        if stop + 1 == size:
            raise _error("Unterminated string starting at", string, begin)
        escape = string[stop + 1]
        if escape != "u":
            if escape not in _ESCAPED:
                raise _error("Invalid \\escape", string, stop)
            parts.append(_ESCAPED[escape])
            end = stop + 2
            continue
        point, end = _unit(string, stop + 2)
        if 0xD800 <= point < 0xDC00 and string.startswith("\\u", end) and end + 6 < size:
            low, after = _unit(string, end + 2)
            if 0xDC00 <= low < 0xE000:
                point, end = 0x10000 + (point - 0xD800 << 10 | low - 0xDC00), after
        parts.append(chr(point))


def _unit(string, at):
    """The number behind a backslash and a `u`."""
    digits = _hex(string, at)
    if digits is None or digits.end() >= len(string):
        raise _error("Invalid \\uXXXX escape", string, at - 1)
    return int(digits[0], 16), digits.end()


class Scanner:
    """Reads one value. What is nested waits on a list, not on the stack."""

    def __init__(self, context):
        self.strict = bool(context.strict)
        self.object_hook, self.object_pairs_hook = context.object_hook, context.object_pairs_hook
        self.parse_float, self.parse_int = context.parse_float, context.parse_int
        self.parse_constant = context.parse_constant

    def __call__(self, string, idx):
        _needs_text(string)
        if idx < 0:
            raise ValueError("idx cannot be negative")
        # What is open, the innermost last: a list; or pairs, followed by the key whose value comes next.
        opened, names, at = [], {}, idx
        while True:
            char = string[at:at + 1]
            if char == '"':
                value, at = scanstring(string, at + 1, self.strict)
            elif char == "[" or char == "{":
                if len(opened) >= _DEPTH:
                    what = "array" if char == "[" else "object"
                    raise RecursionError(
                        f"maximum recursion depth exceeded while decoding a JSON {what} from a unicode string")
                at = _space(string, at + 1).end()
                if char == "[":
                    if string[at:at + 1] != "]":
                        opened.append(([], None))
                        continue
                    value = []
                else:
                    if string[at:at + 1] != "}":
                        key, at = self._key(string, at, names)
                        opened.append(([], key))
                        continue
                    value = self._object([])
                at += 1
            else:
                value, at = self._atom(string, at, char)
            while opened:
                items, key = opened[-1]
                at = _space(string, at).end()
                char = string[at:at + 1]
                if key is None:
                    items.append(value)
                    last = "]"
                else:
                    items.append((key, value))
                    last = "}"
                if char == last:
                    opened.pop()
                    value = items if key is None else self._object(items)
                    at += 1
                    continue
                if char != ",":
                    raise _error("Expecting ',' delimiter", string, at)
                comma, at = at, _space(string, at + 1).end()
                if _NAMES_COMMAS and string[at:at + 1] == last:
                    what = "array" if key is None else "object"
                    raise _error(f"Illegal trailing comma before end of {what}", string, comma)
                if key is not None:
                    key, at = self._key(string, at, names)
                    opened[-1] = (items, key)
                break
            else:
                return value, at

    def _key(self, string, at, names):
        if string[at:at + 1] != '"':
            raise _error("Expecting property name enclosed in double quotes", string, at)
        key, at = scanstring(string, at + 1, self.strict)
        at = _space(string, at).end()
        if string[at:at + 1] != ":":
            raise _error("Expecting ':' delimiter", string, at)
        return names.setdefault(key, key), _space(string, at + 1).end()

    def _object(self, pairs):
        if self.object_pairs_hook is not None:
            return self.object_pairs_hook(pairs)
        value = dict(pairs)
        return value if self.object_hook is None else self.object_hook(value)

    def _atom(self, string, at, char):
        if char in _WORDS:
            word, value = _WORDS[char]
            if string.startswith(word, at):
                return value, at + len(word)
        number = _number(string, at)
        if number is not None:
            parse = self.parse_int if number[1] is None and number[2] is None else self.parse_float
            return parse(number[0]), number.end()
        for constant in _CONSTANTS:
            if string.startswith(constant, at):
                return self.parse_constant(constant), at + len(constant)
        raise StopIteration(at)


make_scanner = Scanner


def _escapes(beyond):
    """A function that puts quotes around a text; what `beyond` finds is written as a number."""
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\f": "\\f", "\b": "\\b"}
    replace = re.compile(beyond).sub

    def written(match):
        char = match[0]
        if char in short:
            return short[char]
        point = ord(char)
        if point < 0x10000:
            return f"\\u{point:04x}"
        point -= 0x10000
        return f"\\u{0xD800 | point >> 10:04x}\\u{0xDC00 | point & 0x3FF:04x}"

    def encoder(string, /):
        _needs_text(string)
        return f'"{replace(written, string)}"'

    return encoder


encode_basestring = _escapes(r'["\\\x00-\x1f]')
encode_basestring_ascii = _escapes(r'["\\]|[^ -~]')
encode_basestring.__name__ = encode_basestring.__qualname__ = "encode_basestring"
encode_basestring_ascii.__name__ = encode_basestring_ascii.__qualname__ = "encode_basestring_ascii"


class Encoder:
    """Writes a value, all of it at once."""

    def __init__(self, markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, allow_nan):
        if markers is not None and not isinstance(markers, dict):
            raise TypeError(f"make_encoder() argument 1 must be dict or None, not {type(markers).__name__:.200}")
        self.markers, self.default, self.encoder, self.indent = markers, default, encoder, indent
        self.key_separator, self.item_separator = key_separator, item_separator
        self.sort_keys, self.skipkeys, self.allow_nan = bool(sort_keys), bool(skipkeys), bool(allow_nan)

    def __call__(self, obj, _current_indent_level):
        out = []
        self._write(out.append, obj, _current_indent_level)
        return ("".join(out),)

    def _float(self, value):
        if value - value == 0:
            return float.__repr__(value)
        if not self.allow_nan:
            told = f": {value!r}" if _TELLS_FLOATS else ""
            raise ValueError("Out of range float values are not JSON compliant" + told)
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"

    def _simple(self, value):
        """A text, a number, a truth value or None; None for anything else."""
        if isinstance(value, str):
            text = self.encoder(value)
            if not isinstance(text, str):
                raise TypeError(f"encoder() must return a string, not {type(text).__name__:.80}")
            return text
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return self._float(value)
        return None

    def _key(self, key):
        if isinstance(key, str):
            return key
        if key is None or isinstance(key, (int, float)):
            return self._simple(key)
        if self.skipkeys:
            return None
        raise TypeError(f"keys must be str, int, float, bool or None, not {type(key).__name__:.100}")

    def _write(self, write, value, level):
        text = self._simple(value)
        if text is not None:
            return write(text)
        if isinstance(value, dict):
            if not value:
                return write("{}")
        elif isinstance(value, (list, tuple)):
            if not value:
                return write("[]")
        mark = id(value)
        if self.markers is not None:
            if mark in self.markers:
                raise ValueError("Circular reference detected")
            self.markers[mark] = value
        part = "object"
        try:
            if isinstance(value, dict):
                write("{" + self._line(level + 1))
                separator = ""
                items = list(value.items())
                if self.sort_keys:
                    items.sort()
                for item in items:
                    if not isinstance(item, tuple) or len(item) != 2:
                        raise ValueError("items must return 2-tuples")
                    key, inner = item
                    name = self._key(key)
                    if name is None:
                        continue
                    write(separator)
                    write(self.encoder(name))
                    write(self.key_separator)
                    part = f"item {key!r}" if _ADDS_NOTES else ""
                    self._write(write, inner, level + 1)
                    separator = self.item_separator + self._line(level + 1)
                write(self._line(level) + "}")
            elif isinstance(value, (list, tuple)):
                write("[" + self._line(level + 1))
                separator = ""
                for position, inner in enumerate(value):
                    part = f"item {position}"
                    write(separator)
                    self._write(write, inner, level + 1)
                    separator = self.item_separator + self._line(level + 1)
                write(self._line(level) + "]")
            else:
                self._write(write, self.default(value), level)
        except Exception as error:
            if _ADDS_NOTES:
                error.add_note(f"when serializing {type(value).__name__} {part}")
            raise
        if self.markers is not None:
            self.markers.pop(mark, None)

    def _line(self, level):
        return "" if self.indent is None else "\n" + self.indent * level


make_encoder = Encoder
del _escapes
