//! `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, taken apart.

use crate::python::memory::Addr;
use crate::python::object::str;
use crate::python::vm::{PyResult, Raised, Vm};

/// Where the padding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// `<`
    Left,
    /// `>`
    Right,
    /// `^`
    Center,
    /// `=`: between sign and digits.
    AfterSign,
}

/// What stands before a number that is not negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Nothing was said.
    Default,
    /// `-`
    Minus,
    /// `+`
    Plus,
    /// A space.
    Space,
}

/// What stands between groups of digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grouping {
    /// Nothing.
    None,
    /// `,` after three digits.
    Comma,
    /// `_` after three digits.
    Underscore,
    /// `_` after four digits, in base 2, 8 and 16.
    UnderscoreFour,
}

impl Grouping {
    /// The separator and how many digits a group has.
    pub fn parts(self) -> Option<(u8, usize)> {
        match self {
            Grouping::None => None,
            Grouping::Comma => Some((b',', 3)),
            Grouping::Underscore => Some((b'_', 3)),
            Grouping::UnderscoreFour => Some((b'_', 4)),
        }
    }
}

/// A format specification.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    /// The code point of the padding.
    pub fill: u32,
    /// Where the padding goes.
    pub align: Align,
    /// The sign's option.
    pub sign: Sign,
    /// `z`
    pub no_negative_zero: bool,
    /// `#`
    pub alternate: bool,
    /// The least width, if given.
    pub width: Option<usize>,
    /// The separators.
    pub grouping: Grouping,
    /// The precision, if given.
    pub precision: Option<usize>,
    /// The code point of the type; 0 when not given and the object has no default.
    pub code: u32,
}

fn align_of(point: u32) -> Option<Align> {
    match char::from_u32(point)? {
        '<' => Some(Align::Left),
        '>' => Some(Align::Right),
        '^' => Some(Align::Center),
        '=' => Some(Align::AfterSign),
        _ => None,
    }
}

/// Reads a specification from left to right.
struct Reader<'a> {
    points: &'a [u32],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self, ahead: usize) -> u32 {
        self.points.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn eat(&mut self, c: u8) -> bool {
        let found = self.at < self.points.len() && self.peek(0) == u32::from(c);
        self.at += usize::from(found);
        found
    }

    /// A decimal number; `Ok(None)` where there is none, `Err` when it is too large.
    fn number(&mut self) -> Result<Option<usize>, ()> {
        let (start, mut value) = (self.at, 0usize);
        while let Some(digit) = self
            .points
            .get(self.at)
            .and_then(|c| str::unicode::decimal_value(*c))
        {
            if value > (isize::MAX as usize - digit as usize) / 10 {
                return Err(());
            }
            value = value * 10 + digit as usize;
            self.at += 1;
        }
        Ok((self.at > start).then_some(value))
    }
}

impl Spec {
    /// Takes `spec`, a `str`, apart for `object`.
    ///
    /// # Errors
    /// `ValueError` with CPython's words for what is not in the language.
    pub fn parse(vm: &mut Vm, object: Addr, spec: Addr, code: u8, align: Align) -> PyResult<Spec> {
        let points = str::view(vm, spec).to_vec();
        let knows_zero_sign = vm.profile.messages.knows_zero_sign;
        let mut reader = Reader {
            points: &points,
            at: 0,
        };
        let mut parsed = Spec {
            fill: u32::from(b' '),
            align,
            sign: Sign::Default,
            no_negative_zero: false,
            alternate: false,
            width: None,
            grouping: Grouping::None,
            precision: None,
            code: u32::from(code),
        };
        parsed.read_flags(&mut reader, align, knows_zero_sign);
        parsed.width = read_number(vm, &mut reader)?;
        parsed.read_grouping(vm, &mut reader)?;
        if reader.eat(b'.') {
            parsed.precision = read_number(vm, &mut reader)?;
            if parsed.precision.is_none() {
                return Err(vm.value_error("Format specifier missing precision"));
            }
        }
        let rest = points.len() - reader.at;
        if rest > 1 {
            let (text, name) = (str::to_rust(vm, spec), vm.tp_name(object));
            return Err(vm.value_error(format!(
                "Invalid format specifier '{text}' for object of type '{name}'"
            )));
        }
        if rest == 1 {
            parsed.code = reader.peek(0);
        }
        parsed.check_grouping(vm)?;
        Ok(parsed)
    }

    fn read_flags(&mut self, reader: &mut Reader<'_>, default_align: Align, knows_zero_sign: bool) {
        let mut fill_given = false;
        let mut align_given = true;
        if let Some(align) = align_of(reader.peek(1)) {
            (self.fill, self.align, fill_given) = (reader.peek(0), align, true);
            reader.at += 2;
        } else if let Some(align) = align_of(reader.peek(0)) {
            self.align = align;
            reader.at += 1;
        } else {
            align_given = false;
        }
        self.sign = match reader.peek(0) {
            0x2b => Sign::Plus,
            0x2d => Sign::Minus,
            0x20 => Sign::Space,
            _ => Sign::Default,
        };
        reader.at += usize::from(self.sign != Sign::Default);
        self.no_negative_zero = knows_zero_sign && reader.eat(b'z');
        self.alternate = reader.eat(b'#');
        if !fill_given && reader.eat(b'0') {
            self.fill = u32::from(b'0');
            if !align_given && default_align == Align::Right {
                self.align = Align::AfterSign;
            }
        }
    }

    fn read_grouping(&mut self, vm: &mut Vm, reader: &mut Reader<'_>) -> PyResult<()> {
        let comma = reader.eat(b',');
        let underscore = reader.eat(b'_');
        if (comma && underscore) || (underscore && reader.peek(0) == u32::from(b',')) {
            return Err(vm.value_error("Cannot specify both ',' and '_'."));
        }
        if comma {
            self.grouping = Grouping::Comma;
        } else if underscore {
            self.grouping = Grouping::Underscore;
        }
        Ok(())
    }

    fn check_grouping(&mut self, vm: &mut Vm) -> PyResult<()> {
        let Some((separator, _)) = self.grouping.parts() else {
            return Ok(());
        };
        match u8::try_from(self.code).unwrap_or(0xff) {
            b'd' | b'e' | b'f' | b'g' | b'E' | b'G' | b'%' | b'F' | 0 => Ok(()),
            b'b' | b'o' | b'x' | b'X' if self.grouping == Grouping::Underscore => {
                self.grouping = Grouping::UnderscoreFour;
                Ok(())
            }
            _ => {
                let (separator, code) = (separator as char, code_text(self.code));
                Err(vm.value_error(format!("Cannot specify '{separator}' with '{code}'.")))
            }
        }
    }

    /// The error for a type that the object does not have.
    pub fn unknown_code(&self, vm: &mut Vm, object: Addr) -> Raised {
        let (code, name) = (code_text(self.code), vm.tp_name(object));
        vm.value_error(format!(
            "Unknown format code '{code}' for object of type '{name}'"
        ))
    }
}

fn read_number(vm: &mut Vm, reader: &mut Reader<'_>) -> PyResult<Option<usize>> {
    reader
        .number()
        .map_err(|()| vm.value_error("Too many decimal digits in format string"))
}

fn code_text(code: u32) -> String {
    match char::from_u32(code) {
        Some(c) if code > 32 && code < 128 => c.to_string(),
        _ => format!("\\x{code:x}"),
    }
}
