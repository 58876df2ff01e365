//! Error handlers: what becomes of text or bytes that a codec cannot convert. CPython: Python/codecs.c.

use super::{Codec, DECODE_ERROR, ENCODE_ERROR, Endian, unicode_error};
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, Text, escape};
use crate::python::object::{bytes, int, tuple, types};
use crate::python::vm::{PyResult, Vm};

/// A handler by name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Python's names
pub enum Handler {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
    /// Registered by Python code, or not known: that shows when it is needed.
    Named(String),
}

impl Handler {
    /// The handler of a name.
    pub fn find(name: &str) -> Handler {
        match name {
            "strict" => Handler::Strict,
            "ignore" => Handler::Ignore,
            "replace" => Handler::Replace,
            "backslashreplace" => Handler::BackslashReplace,
            "xmlcharrefreplace" => Handler::XmlCharRefReplace,
            "namereplace" => Handler::NameReplace,
            "surrogateescape" => Handler::SurrogateEscape,
            "surrogatepass" => Handler::SurrogatePass,
            name => Handler::Named(name.into()),
        }
    }

    /// The handler that a `str` argument names; `strict` for `NULL`.
    pub fn of_arg(vm: &Vm, errors: Addr) -> Handler {
        if errors.is_null() {
            Handler::Strict
        } else {
            Handler::find(&str::to_rust(vm, errors))
        }
    }
}

/// What stands in the output for what could not be encoded.
pub enum Substitute {
    /// Text, to be encoded.
    Text(Vec<u32>),
    /// Bytes as they are.
    Bytes(Vec<u8>),
}

/// What an encoder could not encode: code points `start..end` of `string`.
#[allow(missing_docs)] // the first doc line names them
pub struct Unencodable<'a> {
    pub codec: Codec,
    pub string: Addr,
    pub points: &'a [u32],
    pub start: usize,
    pub end: usize,
    pub reason: &'a str,
}

impl Unencodable<'_> {
    fn run(&self) -> &[u32] {
        self.points.get(self.start..self.end).unwrap_or(&[])
    }

    fn error(&self, vm: &mut Vm) -> PyResult<Own> {
        unicode_error(
            vm,
            ENCODE_ERROR,
            self.codec.name(),
            self.string,
            (self.start, self.end),
            self.reason,
        )
    }

    /// What the handler puts there, and where encoding goes on.
    pub fn handle(&self, vm: &mut Vm, handler: &Handler) -> PyResult<(Substitute, usize)> {
        let text = |text: String| Substitute::Text(text.chars().map(u32::from).collect());
        let substitute = match handler {
            Handler::Ignore => Substitute::Text(Vec::new()),
            Handler::Replace => Substitute::Text(vec![u32::from(b'?'); self.end - self.start]),
            Handler::BackslashReplace => {
                text(self.run().iter().map(|point| escape(*point)).collect())
            }
            Handler::XmlCharRefReplace => text(
                self.run()
                    .iter()
                    .map(|point| format!("&#{point};"))
                    .collect(),
            ),
            Handler::NameReplace => text(self.run().iter().map(|point| named(*point)).collect()),
            Handler::SurrogateEscape => {
                let escaped: Vec<u8> = self
                    .run()
                    .iter()
                    .take_while(|point| (0xDC80..0xDD00).contains(*point))
                    .map(|point| (*point - 0xDC00) as u8)
                    .collect();
                let is_bytewise = matches!(
                    self.codec,
                    Codec::Utf8 | Codec::Utf8Sig | Codec::Latin1 | Codec::Ascii
                );
                if escaped.is_empty() || !is_bytewise {
                    return self.raise(vm);
                }
                let next = self.start + escaped.len();
                return Ok((Substitute::Bytes(escaped), next));
            }
            Handler::SurrogatePass => match self.passed() {
                Some(bytes) => Substitute::Bytes(bytes),
                None => return self.raise(vm),
            },
            Handler::Strict => return self.raise(vm),
            Handler::Named(name) => return self.call(vm, name),
        };
        Ok((substitute, self.end))
    }

    fn raise<T>(&self, vm: &mut Vm) -> PyResult<T> {
        let exception = self.error(vm)?;
        Err(vm.raise(exception))
    }

    /// The surrogates as if they were characters, for the UTF codecs.
    fn passed(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        for point in self.run() {
            if !(0xD800..0xE000).contains(point) {
                return None;
            }
            match self.codec {
                Codec::Utf8 | Codec::Utf8Sig => {
                    let tail = |shift: u32| 0x80 | (point >> shift & 0x3F) as u8;
                    bytes.extend([0xE0 | (point >> 12) as u8, tail(6), tail(0)]);
                }
                Codec::Utf16(Endian::Big) => bytes.extend((*point as u16).to_be_bytes()),
                Codec::Utf16(_) => bytes.extend((*point as u16).to_le_bytes()),
                Codec::Utf32(Endian::Big) => bytes.extend(point.to_be_bytes()),
                Codec::Utf32(_) => bytes.extend(point.to_le_bytes()),
                _ => return None,
            }
        }
        Some(bytes)
    }

    fn call(&self, vm: &mut Vm, name: &str) -> PyResult<(Substitute, usize)> {
        let function = crate::python::module::_codecs::error_handler(vm, name)?;
        let exception = self.error(vm)?;
        let result = vm.call(function.addr(), &[exception.addr()])?;
        let message = "encoding error handler must return (str/bytes, int) tuple";
        let (object, position) = handler_result(vm, result.addr(), self.points.len(), message)?;
        let substitute = if str::check(vm, object) {
            Substitute::Text(str::view(vm, object).to_vec())
        } else if bytes::check(vm, object) {
            Substitute::Bytes(bytes::as_slice(vm, object).to_vec())
        } else {
            return Err(vm.type_error(message));
        };
        for used in [function, exception, result] {
            vm.decref(used);
        }
        Ok((substitute, position))
    }
}

/// The `\N{…}` form of a code point, or an escape for one without a name.
fn named(point: u32) -> String {
    match char::from_u32(point).and_then(unicode_names2::name) {
        Some(name) => format!("\\N{{{name}}}"),
        None => escape(point),
    }
}

/// The replacement and the position that a handler of Python's returned; a negative position counts from the end.
fn handler_result(
    vm: &mut Vm,
    result: Addr,
    length: usize,
    message: &str,
) -> PyResult<(Addr, usize)> {
    if vm.type_of(result) != types::TUPLE || tuple::len(vm, result) != 2 {
        return Err(vm.type_error(message));
    }
    let (object, position) = (tuple::item(vm, result, 0), tuple::item(vm, result, 1));
    if !vm.type_check(position, types::INT) {
        return Err(vm.type_error(message));
    }
    let given = int::as_i64(vm, position).unwrap_or(i64::MIN);
    let position = if given < 0 {
        given.saturating_add(length as i64)
    } else {
        given
    };
    match usize::try_from(position) {
        Ok(position) if position <= length => Ok((object, position)),
        _ => Err(vm.index_error(format!("position {given} from error handler out of bounds"))),
    }
}

/// What a decoder could not decode: bytes `start..end` of `object`'s content.
#[allow(missing_docs)] // the first doc line names them
pub struct Undecodable<'a> {
    pub codec: Codec,
    pub object: Addr,
    pub data: &'a [u8],
    pub start: usize,
    pub end: usize,
    pub reason: &'a str,
}

impl Undecodable<'_> {
    fn run(&self) -> &[u8] {
        self.data.get(self.start..self.end).unwrap_or(&[])
    }

    fn error(&self, vm: &mut Vm) -> PyResult<Own> {
        unicode_error(
            vm,
            DECODE_ERROR,
            self.codec.name(),
            self.object,
            (self.start, self.end),
            self.reason,
        )
    }

    fn raise<T>(&self, vm: &mut Vm) -> PyResult<T> {
        let exception = self.error(vm)?;
        Err(vm.raise(exception))
    }

    /// Appends what the handler puts there; tells where decoding goes on.
    pub fn handle(&self, vm: &mut Vm, handler: &Handler, text: &mut Text) -> PyResult<usize> {
        match handler {
            Handler::Strict => self.raise(vm),
            Handler::Ignore => Ok(self.end),
            Handler::Replace => {
                text.push(0xFFFD);
                Ok(self.end)
            }
            Handler::BackslashReplace => {
                self.run()
                    .iter()
                    .for_each(|byte| text.push_str(&format!("\\x{byte:02x}")));
                Ok(self.end)
            }
            Handler::SurrogateEscape => {
                let escaped = self.run().iter().take_while(|byte| **byte >= 0x80).count();
                if escaped == 0 {
                    return self.raise(vm);
                }
                self.run()[..escaped]
                    .iter()
                    .for_each(|byte| text.push(0xDC00 + u32::from(*byte)));
                Ok(self.start + escaped)
            }
            Handler::SurrogatePass => match self.passed() {
                Some((point, width)) => {
                    text.push(point);
                    Ok(self.start + width)
                }
                None => self.raise(vm),
            },
            Handler::XmlCharRefReplace | Handler::NameReplace => {
                Err(vm.type_error("don't know how to handle UnicodeDecodeError in error callback"))
            }
            Handler::Named(name) => self.call(vm, name, text),
        }
    }

    /// A surrogate that stands at the place, for the UTF codecs, and its width in bytes.
    fn passed(&self) -> Option<(u32, usize)> {
        let rest = self.data.get(self.start..)?;
        let (point, width) = match (self.codec, rest) {
            (Codec::Utf8 | Codec::Utf8Sig, [lead, middle, last, ..])
                if *lead == 0xED && *last & 0xC0 == 0x80 =>
            {
                (
                    0xD000 | u32::from(middle & 0x3F) << 6 | u32::from(last & 0x3F),
                    3,
                )
            }
            (Codec::Utf16(Endian::Big), [a, b, ..]) => (u32::from(u16::from_be_bytes([*a, *b])), 2),
            (Codec::Utf16(_), [a, b, ..]) => (u32::from(u16::from_le_bytes([*a, *b])), 2),
            (Codec::Utf32(Endian::Big), [a, b, c, d, ..]) => {
                (u32::from_be_bytes([*a, *b, *c, *d]), 4)
            }
            (Codec::Utf32(_), [a, b, c, d, ..]) => (u32::from_le_bytes([*a, *b, *c, *d]), 4),
            _ => return None,
        };
        (0xD800..0xE000).contains(&point).then_some((point, width))
    }

    fn call(&self, vm: &mut Vm, name: &str, text: &mut Text) -> PyResult<usize> {
        let function = crate::python::module::_codecs::error_handler(vm, name)?;
        let exception = self.error(vm)?;
        let result = vm.call(function.addr(), &[exception.addr()])?;
        let message = "decoding error handler must return (str, int) tuple";
        let (object, position) = handler_result(vm, result.addr(), self.data.len(), message)?;
        if !str::check(vm, object) {
            return Err(vm.type_error(message));
        }
        text.push_view(str::view(vm, object));
        for used in [function, exception, result] {
            vm.decref(used);
        }
        Ok(position)
    }
}
