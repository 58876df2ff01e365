//! Codecs: from text to bytes and back. CPython: Objects/unicodeobject.c, Python/codecs.c, Modules/cjkcodecs.

mod decode;
mod encode;
mod escape;
mod handler;

pub use handler::{Handler, Substitute, Undecodable, Unencodable};

use super::{NONE, bytes, str, types};
use crate::python::memory::{Addr, Own};
use crate::python::vm::{PyResult, Vm};

/// The order of the bytes in a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endian {
    /// Low byte first.
    Little,
    /// High byte first.
    Big,
    /// What a byte order mark says; little without one, and a mark is written.
    Marked,
}

/// An encoding that the engine knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // Python's names
pub enum Codec {
    Utf8,
    /// UTF-8 with a byte order mark.
    Utf8Sig,
    Utf16(Endian),
    Utf32(Endian),
    Latin1,
    Ascii,
    /// Windows' extension of EUC-KR, with all 11,172 syllables.
    Cp949,
    EucKr,
    UnicodeEscape,
    RawUnicodeEscape,
    /// One byte a character, by a table of Python's; only its errors are made here.
    Charmap,
}

impl Codec {
    /// The codec of a name, as Python's aliases have it.
    pub fn find(name: &[u8]) -> Option<Codec> {
        use Endian::{Big, Little, Marked};
        Some(match normalized(name).as_str() {
            "utf_8" | "utf8" | "u8" | "utf" | "utf8_ucs2" | "utf8_ucs4" | "cp65001" => Codec::Utf8,
            "utf_8_sig" => Codec::Utf8Sig,
            "utf_16" | "utf16" | "u16" => Codec::Utf16(Marked),
            "utf_16_le" | "utf_16le" | "unicodelittleunmarked" => Codec::Utf16(Little),
            "utf_16_be" | "utf_16be" | "unicodebigunmarked" => Codec::Utf16(Big),
            "utf_32" | "utf32" | "u32" => Codec::Utf32(Marked),
            "utf_32_le" | "utf_32le" => Codec::Utf32(Little),
            "utf_32_be" | "utf_32be" => Codec::Utf32(Big),
            "latin_1" | "latin1" | "latin" | "l1" | "iso8859_1" | "iso_8859_1" | "iso8859"
            | "8859" | "cp819" | "ibm819" | "iso_ir_100" | "csisolatin1" | "iso_8859_1_1987" => {
                Codec::Latin1
            }
            "ascii" | "us_ascii" | "646" | "us" | "ansi_x3.4_1968" | "ansi_x3_4_1968" | "cp367"
            | "csascii" | "ibm367" | "iso646_us" | "iso_646.irv_1991" | "iso_ir_6" => Codec::Ascii,
            "cp949" | "949" | "ms949" | "uhc" => Codec::Cp949,
            "euc_kr" | "euckr" | "korean" | "ksc5601" | "ks_c_5601" | "ks_c_5601_1987"
            | "ksx1001" | "ks_x_1001" => Codec::EucKr,
            "unicode_escape" | "unicodeescape" => Codec::UnicodeEscape,
            "raw_unicode_escape" | "rawunicodeescape" => Codec::RawUnicodeEscape,
            _ => return None,
        })
    }

    /// Its name in exceptions.
    pub const fn name(self) -> &'static str {
        match self {
            Codec::Utf8 | Codec::Utf8Sig => "utf-8",
            Codec::Utf16(Endian::Marked) => "utf-16",
            Codec::Utf16(Endian::Little) => "utf-16-le",
            Codec::Utf16(Endian::Big) => "utf-16-be",
            Codec::Utf32(Endian::Marked) => "utf-32",
            Codec::Utf32(Endian::Little) => "utf-32-le",
            Codec::Utf32(Endian::Big) => "utf-32-be",
            Codec::Latin1 => "latin-1",
            Codec::Ascii => "ascii",
            Codec::Cp949 => "cp949",
            Codec::EucKr => "euc_kr",
            Codec::UnicodeEscape => "unicodeescape",
            Codec::RawUnicodeEscape => "rawunicodeescape",
            Codec::Charmap => "charmap",
        }
    }
}

/// Lower case; runs of what is neither letter, digit nor dot become one `_`.
fn normalized(name: &[u8]) -> String {
    let mut text = String::with_capacity(name.len());
    let mut pending = false;
    for byte in name {
        if byte.is_ascii_alphanumeric() || *byte == b'.' {
            if pending && !text.is_empty() {
                text.push('_');
            }
            pending = false;
            text.push(char::from(byte.to_ascii_lowercase()));
        } else {
            pending = true;
        }
    }
    text
}

/// The codec that a `str` argument names; UTF-8 for `NULL`.
fn codec_arg(vm: &mut Vm, encoding: Addr) -> PyResult<Option<Codec>> {
    if encoding.is_null() {
        return Ok(Some(Codec::Utf8));
    }
    let name = str::to_rust(vm, encoding);
    if name.contains('\0') {
        return Err(vm.value_error("embedded null character"));
    }
    Ok(Codec::find(name.as_bytes()))
}

/// `string.encode(encoding, errors)`; either may be `NULL`. The result of a codec that Python code registered
/// is what that code gave.
pub fn encode(vm: &mut Vm, string: Addr, encoding: Addr, errors: Addr) -> PyResult<Own> {
    match codec_arg(vm, encoding)? {
        Some(codec) => {
            let handler = Handler::of_arg(vm, errors);
            encode_with(vm, string, codec, &handler)
        }
        None => encode_registered(vm, string, encoding, errors),
    }
}

/// The same for a codec that is known.
pub fn encode_with(vm: &mut Vm, string: Addr, codec: Codec, handler: &Handler) -> PyResult<Own> {
    if str::is_ascii(vm, string) && matches!(codec, Codec::Utf8 | Codec::Latin1 | Codec::Ascii) {
        return bytes::from_memory(vm, str::data(vm, string), str::len(vm, string));
    }
    let encoded = encode::encode(vm, string, codec, handler)?;
    bytes::try_new(vm, &encoded)
}

/// `bytes.decode(encoding, errors)` of `data`, the content of `object`; either name may be `NULL`.
pub fn decode(
    vm: &mut Vm,
    object: Addr,
    data: &[u8],
    encoding: Addr,
    errors: Addr,
) -> PyResult<Own> {
    match codec_arg(vm, encoding)? {
        Some(codec) => {
            let handler = Handler::of_arg(vm, errors);
            decode_with(vm, object, data, codec, &handler)
        }
        None => decode_registered(vm, object, encoding, errors),
    }
}

/// The same for a codec that is known.
pub fn decode_with(
    vm: &mut Vm,
    object: Addr,
    data: &[u8],
    codec: Codec,
    handler: &Handler,
) -> PyResult<Own> {
    match codec {
        Codec::Utf8 | Codec::Ascii if data.is_ascii() => str::try_from_latin1(vm, data),
        Codec::Latin1 => str::try_from_latin1(vm, data),
        _ => decode::decode(vm, object, data, codec, handler)?.finish(vm),
    }
}

/// How far decoding came when more data may follow: the text, and the bytes used. For incremental decoders.
pub fn decode_partial(
    vm: &mut Vm,
    object: Addr,
    data: &[u8],
    codec: Codec,
    handler: &Handler,
) -> PyResult<(Own, usize)> {
    let used = decode::complete_len(data, codec);
    let text = decode_with(vm, object, &data[..used], codec, handler)?;
    Ok((text, used))
}

/// Encodes with a codec of Python's registry.
fn encode_registered(vm: &mut Vm, string: Addr, encoding: Addr, errors: Addr) -> PyResult<Own> {
    let result = call_registered(vm, string, encoding, errors, 0)?;
    if !bytes::check(vm, result.addr()) {
        let name = str::to_rust(vm, encoding);
        let given = str::arg::type_text(vm, result.addr());
        return Err(vm.type_error(format!(
            "'{name}' encoder returned '{given}' instead of 'bytes'; use codecs.encode() to encode to arbitrary types"
        )));
    }
    Ok(result)
}

fn decode_registered(vm: &mut Vm, object: Addr, encoding: Addr, errors: Addr) -> PyResult<Own> {
    let result = call_registered(vm, object, encoding, errors, 1)?;
    if !str::check(vm, result.addr()) {
        let name = str::to_rust(vm, encoding);
        let given = str::arg::type_text(vm, result.addr());
        return Err(vm.type_error(format!(
            "'{name}' decoder returned '{given}' instead of 'str'; use codecs.decode() to decode to arbitrary types"
        )));
    }
    Ok(result)
}

/// Calls function `which` (0 encodes, 1 decodes) of a registered codec and takes the first item of its result.
fn call_registered(
    vm: &mut Vm,
    object: Addr,
    encoding: Addr,
    errors: Addr,
    which: usize,
) -> PyResult<Own> {
    let info = crate::python::module::_codecs::lookup(vm, encoding)?;
    let is_text = vm.get_attr_name(info.addr(), "_is_text_encoding")?;
    let text = vm.is_true(is_text.addr())?;
    vm.decref(is_text);
    if !text {
        let name = str::to_rust(vm, encoding);
        let function = ["encode", "decode"][which];
        return Err(vm.lookup_error(format!(
            "'{name}' is not a text encoding; use codecs.{function}() to handle arbitrary codecs"
        )));
    }
    let result = crate::python::module::_codecs::call(vm, info.addr(), which, object, errors)?;
    vm.decref(info);
    Ok(result)
}

/// Raises `UnicodeEncodeError(encoding, object, start, end, reason)` or `UnicodeDecodeError`.
#[cold]
pub(super) fn unicode_error(
    vm: &mut Vm,
    class: Addr,
    encoding: &str,
    object: Addr,
    (start, end): (usize, usize),
    reason: &str,
) -> PyResult<Own> {
    let encoding = str::new(vm, encoding);
    let (start, end) = (
        super::int::new(vm, start as i64),
        super::int::new(vm, end as i64),
    );
    let reason = str::new(vm, reason);
    let copy = match bytes::check(vm, object) || str::check(vm, object) {
        true => vm.incref(object),
        false => super::buffer::to_bytes(vm, object)?,
    };
    let arguments = [
        encoding.addr(),
        copy.addr(),
        start.addr(),
        end.addr(),
        reason.addr(),
    ];
    let exception = vm.call(class, &arguments);
    for argument in [encoding, copy, start, end, reason] {
        vm.decref(argument);
    }
    exception
}

/// `None` and `NULL` alike as `NULL`.
pub fn none_is_null(argument: Addr) -> Addr {
    if argument == NONE {
        Addr::NULL
    } else {
        argument
    }
}

/// The class of errors for encoding.
const ENCODE_ERROR: Addr = types::UNICODE_ENCODE_ERROR;
/// The class of errors for decoding.
const DECODE_ERROR: Addr = types::UNICODE_DECODE_ERROR;

/// What a handler puts for a code point that a character map has not: bytes as they are, or text to be mapped.
pub fn charmap_unencodable(
    vm: &mut Vm,
    string: Addr,
    at: usize,
    handler: &Handler,
) -> PyResult<Result<Vec<u8>, Vec<u32>>> {
    let points = str::view(vm, string).to_vec();
    let trouble = handler::Unencodable {
        codec: Codec::Charmap,
        string,
        points: &points,
        start: at,
        end: at + 1,
        reason: "character maps to <undefined>",
    };
    Ok(match trouble.handle(vm, handler)?.0 {
        handler::Substitute::Bytes(bytes) => Ok(bytes),
        handler::Substitute::Text(text) => Err(text),
    })
}

/// Appends what a handler puts for a byte that a character map has not; tells where decoding goes on.
pub fn charmap_undecodable(
    vm: &mut Vm,
    object: Addr,
    data: &[u8],
    at: usize,
    handler: &Handler,
    text: &mut str::Text,
) -> PyResult<usize> {
    let reason = "character maps to <undefined>";
    let trouble = handler::Undecodable {
        codec: Codec::Charmap,
        object,
        data,
        start: at,
        end: at + 1,
        reason,
    };
    trouble.handle(vm, handler, text)
}
