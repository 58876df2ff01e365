//! `'%-5d|%s' % values`, for `str` and `bytes`. CPython: `PyUnicode_Format`, `_PyBytes_FormatEx`.

use super::float::{self, Style};
use super::str::{self, Text};
use super::{buffer, bytes, flags, int, tuple, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// `string % values`
pub fn format(vm: &mut Vm, string: Addr, values: Addr) -> PyResult<Own> {
    let text = str::view(vm, string).to_vec();
    let mut formatter = Formatter::new(vm, &text, values, false);
    formatter.run(vm)?;
    match formatter.only.take() {
        Some(only) => Ok(only),
        None => formatter.output.finish(vm),
    }
}

/// `bytes % values`, the bytes.
pub fn format_bytes(vm: &mut Vm, text: &[u8], values: Addr) -> PyResult<Vec<u8>> {
    let text: Vec<u32> = text.iter().map(|byte| u32::from(*byte)).collect();
    let mut formatter = Formatter::new(vm, &text, values, true);
    formatter.run(vm)?;
    Ok(formatter
        .output
        .to_points()
        .iter()
        .map(|point| *point as u8)
        .collect())
}

/// What stands between `%` and the letter.
#[derive(Clone, Copy, Debug, Default)]
struct Spec {
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

struct Formatter<'a> {
    text: &'a [u32],
    at: usize,
    is_bytes: bool,
    /// The right operand.
    values: Addr,
    /// The tuple's items are used one after another; anything else is one value.
    next: usize,
    count: usize,
    is_mapping: bool,
    /// The value of the last `%(key)`, which the next conversion takes.
    keyed: Option<Own>,
    output: Text,
    /// The output as long as it is one exact `str` alone.
    only: Option<Own>,
}

impl<'a> Formatter<'a> {
    fn new(vm: &Vm, text: &'a [u32], values: Addr, is_bytes: bool) -> Formatter<'a> {
        let is_tuple = vm.has_flag(values, flags::TUPLE_SUBCLASS);
        let text_like = if is_bytes {
            bytes::check(vm, values) || vm.type_check(values, types::BYTEARRAY)
        } else {
            str::check(vm, values)
        };
        Formatter {
            text,
            at: 0,
            is_bytes,
            values,
            next: 0,
            count: if is_tuple { tuple::len(vm, values) } else { 1 },
            is_mapping: vm.slots(values).mp_subscript.is_some() && !is_tuple && !text_like,
            keyed: None,
            output: Text::new(),
            only: None,
        }
    }

    fn run(&mut self, vm: &mut Vm) -> PyResult<()> {
        while let Some(point) = self.take() {
            if point != u32::from(b'%') {
                vm.xdecref(self.only.take());
                self.output.push(point);
                continue;
            }
            self.conversion(vm)?;
            self.output.check(vm)?;
        }
        let is_tuple = vm.has_flag(self.values, flags::TUPLE_SUBCLASS);
        if self.next < self.count && (is_tuple || !self.is_mapping) {
            let kind = if self.is_bytes { "bytes" } else { "string" };
            return Err(vm.type_error(format!(
                "not all arguments converted during {kind} formatting"
            )));
        }
        Ok(())
    }

    fn take(&mut self) -> Option<u32> {
        let point = self.text.get(self.at).copied();
        self.at += 1;
        point
    }

    fn peek(&self) -> Option<char> {
        self.text
            .get(self.at)
            .copied()
            .map(|point| char::from_u32(point).unwrap_or('\0'))
    }

    /// One conversion; the place is behind its `%`.
    fn conversion(&mut self, vm: &mut Vm) -> PyResult<()> {
        if self.peek() == Some('(') {
            self.key(vm)?;
        }
        let spec = self.spec(vm)?;
        if matches!(self.peek(), Some('h' | 'l' | 'L')) {
            self.at += 1;
        }
        let at = self.at;
        let Some(letter) = self.take() else {
            return Err(vm.value_error("incomplete format"));
        };
        let letter_char = char::from_u32(letter).unwrap_or('\0');
        if letter_char == '%' {
            self.output.push(letter);
            vm.xdecref(self.only.take());
            return Ok(());
        }
        let is_keyed = self.keyed.is_some();
        let value = self.value(vm)?;
        let is_instance = vm.type_flags(vm.type_of(value.addr())) & flags::HEAPTYPE != 0;
        if is_instance && !is_keyed && matches!(letter_char, 's' | 'r' | 'a') {
            // The values hold it, and the frame of its method.
            let borrowed = value.addr();
            vm.decref(value);
            return self.shown(vm, borrowed, letter_char, spec);
        }
        match letter_char {
            's' | 'r' | 'a' => self.shown(vm, value.addr(), letter_char, spec)?,
            'b' if self.is_bytes => self.shown(vm, value.addr(), 's', spec)?,
            'c' => self.character(vm, value.addr(), spec)?,
            'd' | 'i' | 'u' | 'o' | 'x' | 'X' => {
                self.integer(vm, value.addr(), letter_char, spec)?
            }
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => {
                self.float(vm, value.addr(), letter as u8, spec)?
            }
            _ => {
                let shown = if (0x20..0x7F).contains(&letter) {
                    letter_char
                } else {
                    '?'
                };
                return Err(vm.value_error(format!(
                    "unsupported format character '{shown}' (0x{letter:x}) at index {at}"
                )));
            }
        }
        vm.decref(value);
        Ok(())
    }

    /// `(key)`: looks the value up.
    fn key(&mut self, vm: &mut Vm) -> PyResult<()> {
        if !self.is_mapping {
            return Err(vm.type_error("format requires a mapping"));
        }
        let start = self.at + 1;
        let (mut depth, mut end) = (1, start);
        while depth > 0 {
            match self.text.get(end).copied().and_then(char::from_u32) {
                None if end >= self.text.len() => {
                    return Err(vm.value_error("incomplete format key"));
                }
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                _ => {}
            }
            end += 1;
        }
        self.at = end;
        let key = &self.text[start..end - 1];
        let key = if self.is_bytes {
            let key: Vec<u8> = key.iter().map(|point| *point as u8).collect();
            bytes::new(vm, &key)
        } else {
            str::from_code_points(vm, key)
        };
        let value = vm.get_item(self.values, key.addr())?;
        vm.decref(key);
        vm.xdecref(self.keyed.replace(value));
        // From here on the mapping counts as used, and only keys give values.
        (self.next, self.count) = (1, 1);
        Ok(())
    }

    fn spec(&mut self, vm: &mut Vm) -> PyResult<Spec> {
        let mut spec = Spec::default();
        loop {
            match self.peek() {
                Some('-') => spec.left = true,
                Some('+') => spec.plus = true,
                Some(' ') => spec.blank = true,
                Some('#') => spec.alternate = true,
                Some('0') => spec.zero = true,
                _ => break,
            }
            self.at += 1;
        }
        let width = self.number(vm, "width too big")?.unwrap_or(0);
        spec.left |= width < 0;
        spec.width = width.unsigned_abs() as usize;
        if self.peek() == Some('.') {
            self.at += 1;
            let precision = self.number(vm, "precision too big")?.unwrap_or(0);
            spec.precision = Some(usize::try_from(precision).unwrap_or(0));
        }
        Ok(spec)
    }

    /// A number in digits, or the next value for `*`.
    fn number(&mut self, vm: &mut Vm, too_big: &str) -> PyResult<Option<i64>> {
        if self.peek() == Some('*') {
            self.at += 1;
            let value = self.value(vm)?;
            if !int::check(vm, value.addr()) {
                return Err(vm.type_error("* wants int"));
            }
            let number = int::as_i64(vm, value.addr());
            vm.decref(value);
            return match number {
                Some(number) if number.unsigned_abs() < 1 << 62 => Ok(Some(number)),
                _ => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
            };
        }
        let mut number: Option<i64> = None;
        while let Some(digit) = self.peek().filter(char::is_ascii_digit) {
            self.at += 1;
            let value = number.unwrap_or(0) * 10 + i64::from(digit as u8 - b'0');
            if value > i64::from(i32::MAX) {
                return Err(vm.value_error(too_big));
            }
            number = Some(value);
        }
        Ok(number)
    }

    /// The next value.
    fn value(&mut self, vm: &mut Vm) -> PyResult<Own> {
        if let Some(value) = self.keyed.take() {
            return Ok(value);
        }
        if self.next >= self.count {
            return Err(vm.type_error("not enough arguments for format string"));
        }
        let value = if vm.has_flag(self.values, flags::TUPLE_SUBCLASS) {
            tuple::item(vm, self.values, self.next)
        } else {
            self.values
        };
        self.next += 1;
        Ok(vm.incref(value))
    }

    /// `%s`, `%r`, `%a`
    fn shown(&mut self, vm: &mut Vm, value: Addr, letter: char, spec: Spec) -> PyResult<()> {
        if self.is_bytes && letter == 's' {
            let content = bytes_of(vm, value)?;
            let points: Vec<u32> = content.iter().map(|byte| u32::from(*byte)).collect();
            return self.padded(vm, &points, spec);
        }
        let shown = match letter {
            's' => vm.str(value)?,
            _ => vm.repr(value)?,
        };
        let shown = if letter == 'a' || self.is_bytes {
            str::ascii(vm, shown)
        } else {
            shown
        };
        if spec.width == 0 && spec.precision.is_none() {
            let was_empty = self.output.is_empty();
            self.output.push_view(str::view(vm, shown.addr()));
            if was_empty && str::check_exact(vm, shown.addr()) && !self.output.is_empty() {
                let old = self.only.replace(shown);
                vm.xdecref(old);
            } else {
                if str::len(vm, shown.addr()) != 0 {
                    vm.xdecref(self.only.take());
                }
                vm.decref(shown);
            }
            return Ok(());
        }
        let points = str::view(vm, shown.addr()).to_vec();
        vm.decref(shown);
        self.padded(vm, &points, spec)
    }

    /// Text cut to the precision and filled up to the width.
    fn padded(&mut self, vm: &mut Vm, points: &[u32], spec: Spec) -> PyResult<()> {
        let points = &points[..points.len().min(spec.precision.unwrap_or(usize::MAX))];
        self.write(vm, "", points, spec, false)
    }

    /// `%c`
    fn character(&mut self, vm: &mut Vm, value: Addr, spec: Spec) -> PyResult<()> {
        let point = if self.is_bytes {
            byte_of(vm, value)?
        } else {
            point_of(vm, value)?
        };
        self.write(vm, "", &[point], spec, false)
    }

    /// `%d`, `%o`, `%x`
    fn integer(&mut self, vm: &mut Vm, value: Addr, letter: char, spec: Spec) -> PyResult<()> {
        let number = integer_of(vm, value, letter)?;
        let text = match letter {
            'o' => int::radix_text(vm, number.addr(), 8),
            'x' => int::radix_text(vm, number.addr(), 16),
            'X' => int::radix_text(vm, number.addr(), 16).to_ascii_uppercase(),
            _ => int::repr_text(vm, number.addr())?,
        };
        vm.decref(number);
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, &*text),
        };
        let mut before = sign(negative, spec).to_string();
        if spec.alternate {
            before.push_str(match letter {
                'o' => "0o",
                'x' => "0x",
                'X' => "0X",
                _ => "",
            });
        }
        let zeros = spec.precision.unwrap_or(0).saturating_sub(digits.len());
        check_room(vm, zeros)?;
        let mut points = vec![u32::from(b'0'); zeros];
        points.extend(digits.bytes().map(u32::from));
        self.write(vm, &before, &points, spec, true)
    }

    /// `%e`, `%f`, `%g`
    fn float(&mut self, vm: &mut Vm, value: Addr, letter: u8, spec: Spec) -> PyResult<()> {
        let number = vm.as_double(value)?;
        let precision = spec.precision.unwrap_or(6);
        check_room(vm, precision)?;
        let style = Style {
            alternate: spec.alternate,
            ..Style::default()
        };
        let text = float::to_text(number, letter, precision, style);
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, &*text),
        };
        let points: Vec<u32> = digits.bytes().map(u32::from).collect();
        self.write(vm, sign(negative, spec), &points, spec, true)
    }

    /// Appends sign and prefix, digits or text, and what fills them up to the width.
    fn write(
        &mut self,
        vm: &mut Vm,
        before: &str,
        points: &[u32],
        spec: Spec,
        numeric: bool,
    ) -> PyResult<()> {
        vm.xdecref(self.only.take());
        let fill = spec.width.saturating_sub(before.len() + points.len());
        check_room(vm, fill)?;
        let zeros = numeric && spec.zero && !spec.left;
        if !zeros && !spec.left {
            (0..fill).for_each(|_| self.output.push(u32::from(b' ')));
        }
        self.output.push_str(before);
        if zeros {
            (0..fill).for_each(|_| self.output.push(u32::from(b'0')));
        }
        points.iter().for_each(|point| self.output.push(*point));
        if spec.left {
            (0..fill).for_each(|_| self.output.push(u32::from(b' ')));
        }
        Ok(())
    }
}

/// A `MemoryError` when a program asks for more than the heap has.
fn check_room(vm: &mut Vm, bytes: usize) -> PyResult<()> {
    if bytes < 1 << 16 {
        return Ok(());
    }
    match vm.heap.try_alloc(bytes) {
        Ok(block) => {
            vm.heap.free(block);
            Ok(())
        }
        Err(_) => Err(vm.memory_error()),
    }
}

fn sign(negative: bool, spec: Spec) -> &'static str {
    match (negative, spec.plus, spec.blank) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

/// The int that `%d` and its siblings show: a float is cut for `%d`, not taken for `%x`.
fn integer_of(vm: &mut Vm, value: Addr, letter: char) -> PyResult<Own> {
    if int::check(vm, value) {
        return Ok(vm.incref(value));
    }
    let is_decimal = matches!(letter, 'd' | 'i' | 'u');
    let (slot, wanted) = if is_decimal {
        (
            vm.slots(value).int.or(vm.slots(value).index),
            "a real number",
        )
    } else {
        (vm.slots(value).index, "an integer")
    };
    let result = slot.map(|slot| slot(vm, value));
    match result {
        Some(Ok(number)) => return Ok(number),
        Some(Err(raised)) if !vm.raised_is(types::TYPE_ERROR) => return Err(raised),
        Some(Err(_)) => vm.clear_raised(),
        None => {}
    }
    let given = vm.type_data(vm.type_of(value)).full_name.to_string();
    Err(vm.type_error(format!(
        "%{letter} format: {wanted} is required, not {given}"
    )))
}

/// The code point for `%c` of `str`.
fn point_of(vm: &mut Vm, value: Addr) -> PyResult<u32> {
    if str::check(vm, value) {
        if str::len(vm, value) == 1 {
            return Ok(str::point(vm, value, 0));
        }
        return Err(vm.type_error("%c requires int or char"));
    }
    if vm.slots(value).index.is_none() {
        return Err(vm.type_error("%c requires int or char"));
    }
    let number = vm.index(value)?;
    let point = int::as_i64(vm, number.addr()).and_then(|number| u32::try_from(number).ok());
    vm.decref(number);
    match point {
        Some(point) if point < 0x11_0000 => Ok(point),
        _ => Err(vm.overflow_error("%c arg not in range(0x110000)")),
    }
}

/// The byte for `%c` of `bytes`.
fn byte_of(vm: &mut Vm, value: Addr) -> PyResult<u32> {
    const WRONG: &str = "%c requires an integer in range(256) or a single byte";
    if bytes::check(vm, value) || vm.type_check(value, types::BYTEARRAY) {
        return match bytes::like::content(vm, value) {
            [byte] => Ok(u32::from(*byte)),
            _ => Err(vm.type_error(WRONG)),
        };
    }
    if vm.slots(value).index.is_none() {
        return Err(vm.type_error(WRONG));
    }
    let number = vm.index(value)?;
    let byte = int::as_i64(vm, number.addr()).and_then(|number| u8::try_from(number).ok());
    vm.decref(number);
    match byte {
        Some(byte) => Ok(u32::from(byte)),
        None => Err(vm.overflow_error("%c arg not in range(256)")),
    }
}

/// The bytes for `%b`: of a buffer, or of what `__bytes__` gives.
fn bytes_of(vm: &mut Vm, value: Addr) -> PyResult<Vec<u8>> {
    if !bytes::check(vm, value)
        && let Some(method) = vm.lookup_special(value, vm.names.__bytes__)?
    {
        let result = vm.call(method.addr(), &[])?;
        vm.decref(method);
        if !bytes::check(vm, result.addr()) {
            let given = vm
                .type_data(vm.type_of(result.addr()))
                .full_name
                .to_string();
            return Err(vm.type_error(format!("__bytes__ returned non-bytes (type {given})")));
        }
        let content = bytes::as_slice(vm, result.addr()).to_vec();
        vm.decref(result);
        return Ok(content);
    }
    if buffer::is_buffer(vm, value) {
        return buffer::content(vm, value);
    }
    let given = vm.type_data(vm.type_of(value)).full_name.to_string();
    Err(vm.type_error(format!(
        "%b requires a bytes-like object, or an object that implements __bytes__, not '{given}'"
    )))
}
