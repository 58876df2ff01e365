"""Colours for a terminal, which there never is: every text stays plain."""

COLORIZE = True


class ANSIColors:
    RESET = "\x1b[0m"
    BLACK = "\x1b[30m"
    BLUE = "\x1b[34m"
    CYAN = "\x1b[36m"
    GREEN = "\x1b[32m"
    MAGENTA = "\x1b[35m"
    RED = "\x1b[31m"
    WHITE = "\x1b[37m"
    YELLOW = "\x1b[33m"
    BOLD_GREEN = "\x1b[1;32m"
    BOLD_MAGENTA = "\x1b[1;35m"
    BOLD_RED = "\x1b[1;31m"
    BOLD_WHITE = "\x1b[1;37m"
    GREY = "\x1b[90m"


class _Plain:
    """A theme, and every section of it, in which every colour is the empty text."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self if name in _SECTIONS else ""

    def __getitem__(self, name):
        return ""


_SECTIONS = ("argparse", "syntax", "traceback", "unittest", "difflib")
_PLAIN = _Plain()


def get_colors(colorize=False, *, file=None):
    return _PLAIN


def get_theme(*, tty_file=None, force_color=False, force_no_color=False):
    return _PLAIN


def decolor(text):
    return text


def can_colorize(*, file=None):
    return False
