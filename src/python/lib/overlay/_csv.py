"""Reading and writing comma-separated values. CPython: Modules/_csv.c."""

import sys

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL = range(6)
_limit = 131072
_TEXT_MODE = "the file should be opened in text mode"
_dialects = {}


class Error(Exception):
    pass


class Dialect:
    """CSV dialect

    The Dialect type records CSV dialect options."""

    __slots__ = ("delimiter", "doublequote", "escapechar", "lineterminator", "quotechar", "quoting", "skipinitialspace", "strict")

    def __new__(cls, dialect=None, **given):
        self = super().__new__(cls)
        known = dict(delimiter=",", doublequote=True, escapechar=None, lineterminator="\r\n", quotechar='"',
                     quoting=None, skipinitialspace=False, strict=False)
        for name in given:
            if name not in known:
                raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name, default in known.items():
            value = given[name] if name in given else getattr(dialect, name, default) if dialect is not None else default
            object.__setattr__(self, name, value)
        if self.quoting is None:
            object.__setattr__(self, "quoting", QUOTE_MINIMAL if self.quotechar is not None else QUOTE_NONE)
        self._check(given)
        return self

    def __setattr__(self, name, value):
        raise AttributeError(f"'{type(self).__module__}.{type(self).__name__}' object attribute '{name}' is read-only"
                             if name in self.__slots__ else f"'_csv.Dialect' object has no attribute '{name}'")

    def _check(self, given):
        for name, may_miss in (("delimiter", False), ("escapechar", True), ("quotechar", True)):
            value = getattr(self, name)
            if value is None and may_miss:
                continue
            if not isinstance(value, str):
                wanted = f"string{' or None' if may_miss else ''}"
                if sys.version_info >= (3, 14):
                    wanted = f"a unicode character{' or None' if may_miss else ''}"
                raise TypeError(f'"{name}" must be {wanted}, not {type(value).__name__}')
            if len(value) != 1:
                if sys.version_info < (3, 14):
                    raise TypeError(f'"{name}" must be a 1-character string')
                wanted = f"unicode character{' or None' if may_miss else ''}"
                raise TypeError(f'"{name}" must be a {wanted}, not a string of length {len(value)}')
        if not isinstance(self.lineterminator, str):
            raise TypeError('"lineterminator" must be a string, not ' + type(self.lineterminator).__name__)
        if not isinstance(self.quoting, int):
            raise TypeError('"quoting" must be an integer, not ' + type(self.quoting).__name__)
        if not 0 <= self.quoting <= 5:
            raise TypeError('bad "quoting" value')
        if self.quoting != QUOTE_NONE and self.quotechar is None:
            raise TypeError("quotechar must be set if quoting enabled")


def register_dialect(name, dialect=None, /, **given):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = Dialect(dialect, **given)


def unregister_dialect(name):
    try:
        del _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def get_dialect(name):
    try:
        return _dialects[name]
    except KeyError:
        raise Error("unknown dialect") from None


def list_dialects():
    return list(_dialects)


def field_size_limit(*limit):
    global _limit
    old = _limit
    if limit:
        if not isinstance(limit[0], int):
            raise TypeError("limit must be an integer")
        _limit = limit[0]
    return old


def _dialect_of(dialect, given):
    if isinstance(dialect, Dialect) and not given:
        return dialect
    return Dialect(dialect, **given)


class Reader:
    """CSV reader

    Reader objects are responsible for reading and parsing tabular data
    in CSV format.
    """

    def __init__(self, lines, dialect, given):
        self._lines = iter(lines)
        self.dialect = _dialect_of(dialect, given)
        self.line_num = 0

    def __iter__(self):
        return self

    def __next__(self):
        d = self.dialect
        self._fields, self._field, self._quoted = [], [], False
        state = "start"
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or state in ("quoted", "escape"):
                    if d.strict:
                        raise Error("unexpected end of data") from None
                    self._save()
                    return self._fields
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} "
                            f"({'did you open the file in text mode?' if sys.version_info < (3, 10) else _TEXT_MODE})")
            self.line_num += 1
            for char in line:
                state = self._step(state, char)
            state = self._step(state, "\0end")
            if state == "start":
                return self._fields

    def _save(self):
        text = "".join(self._field)
        quoting = self.dialect.quoting
        if quoting == QUOTE_NONNUMERIC and not self._quoted:
            self._fields.append(float(text))
        elif quoting == QUOTE_STRINGS and not self._quoted and sys.version_info >= (3, 13):
            self._fields.append(float(text) if text else None)
        elif quoting == QUOTE_NOTNULL and not self._quoted and not text and sys.version_info >= (3, 13):
            self._fields.append(None)
        else:
            self._fields.append(text)
        self._field, self._quoted = [], False

    def _add(self, char):
        if len(self._field) >= _limit:
            raise Error(f"field larger than field limit ({_limit})")
        self._field.append(char)

    def _step(self, state, char):
        d, end, newline = self.dialect, char == "\0end", char in "\r\n" if len(char) == 1 else False
        if state == "start":
            if end:
                return state
            if newline:
                return "newline"
            state = "field start"
        if state == "field start":
            if end or newline:
                self._save()
                return "start" if end else "newline"
            if char == d.quotechar and d.quoting != QUOTE_NONE:
                self._quoted = True
                return "quoted"
            if char == d.escapechar:
                return "escape"
            if char == " " and d.skipinitialspace:
                return state
            if char == d.delimiter:
                self._save()
                return state
            self._add(char)
            return "field"
        if state == "escape":
            self._add("\n" if end else char)
            return "field"
        if state == "field":
            if end or newline:
                self._save()
                return "start" if end else "newline"
            if char == d.escapechar:
                return "escape"
            if char == d.delimiter:
                self._save()
                return "field start"
            self._add(char)
            return state
        if state == "quoted":
            if end:
                return state
            if char == d.escapechar:
                return "quoted escape"
            if char == d.quotechar and d.quoting != QUOTE_NONE:
                return "quote in quoted" if d.doublequote else "field"
            self._add(char)
            return state
        if state == "quoted escape":
            self._add("\n" if end else char)
            return "quoted"
        if state == "quote in quoted":
            if char == d.quotechar and d.quoting != QUOTE_NONE:
                self._add(char)
                return "quoted"
            if char == d.delimiter:
                self._save()
                return "field start"
            if end or newline:
                self._save()
                return "start" if end else "newline"
            if d.strict:
                raise Error(f"'{d.delimiter}' expected after '{d.quotechar}'")
            self._add(char)
            return "field"
        if end:
            return "start"
        if newline:
            return state
        raise Error("new-line character seen in unquoted field - do you need to open the file with newline=''?"
                    if sys.version_info >= (3, 13) else
                    "new-line character seen in unquoted field - do you need to open the file in universal-newline mode?")


class Writer:
    """CSV writer

    Writer objects are responsible for generating tabular data
    in CSV format from sequence input.
    """

    def __init__(self, file, dialect, given):
        write = getattr(file, "write", None)
        if not callable(write):
            raise TypeError('argument 1 must have a "write" method')
        self._write = write
        self.dialect = _dialect_of(dialect, given)

    def writerow(self, row, /):
        try:
            values = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        d = self.dialect
        fields = [self._field(value, len(values)) for value in values]
        return self._write(d.delimiter.join(fields) + d.lineterminator)

    def writerows(self, rows, /):
        for row in rows:
            self.writerow(row)

    def _field(self, value, count):
        d = self.dialect
        is_text, is_number = isinstance(value, str), isinstance(value, (int, float)) or _is_number(value)
        text = "" if value is None else value if is_text else str(value)
        quoted = (d.quoting == QUOTE_ALL or d.quoting == QUOTE_NONNUMERIC and not is_number
                  or d.quoting == QUOTE_STRINGS and is_text or d.quoting == QUOTE_NOTNULL and value is not None)
        out = []
        for char in text:
            special = char in (d.delimiter, d.escapechar, d.quotechar) or char in "\r\n" or char in d.lineterminator
            if special:
                if d.quoting == QUOTE_NONE:
                    escape = True
                elif char == d.quotechar:
                    escape = not d.doublequote
                    if d.doublequote:
                        out.append(char)
                else:
                    escape = char == d.escapechar
                if not escape:
                    quoted = True
                else:
                    if d.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    out.append(d.escapechar)
            out.append(char)
        if not text and count == 1 and not quoted:
            if d.quoting in (QUOTE_NONE, QUOTE_STRINGS, QUOTE_NOTNULL) and (d.quoting == QUOTE_NONE or value is None):
                raise Error("single empty field record must be quoted")
            quoted = True
        elif text.startswith(" ") and d.delimiter == " " and d.skipinitialspace:
            quoted = True
        text = "".join(out)
        return d.quotechar + text + d.quotechar if quoted else text


def _is_number(value):
    return hasattr(type(value), "__float__") and not isinstance(value, str)


Reader.__name__ = Reader.__qualname__ = "reader"
Writer.__name__ = Writer.__qualname__ = "writer"


def reader(lines, /, dialect="excel", **given):
    return Reader(lines, dialect, given)


def writer(file, /, dialect="excel", **given):
    return Writer(file, dialect, given)


reader.__name__, writer.__name__ = "reader", "writer"
