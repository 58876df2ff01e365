//! Decoders.

use super::handler::{Handler, Undecodable};
use super::{Codec, Endian, escape};
use crate::python::memory::Addr;
use crate::python::object::str::Text;
use crate::python::vm::{PyResult, Vm};

/// One step of a decoder: a character and its width in bytes, or what is wrong with how many bytes.
type Step = Result<(u32, usize), (usize, &'static str)>;

/// The text of `data`, the content of `object`.
pub(super) fn decode(
    vm: &mut Vm,
    object: Addr,
    data: &[u8],
    codec: Codec,
    handler: &Handler,
) -> PyResult<Text> {
    let mut text = Text::new();
    let (codec, mut at) = after_mark(codec, data);
    while at < data.len() {
        let step = match codec {
            Codec::Utf8 | Codec::Utf8Sig => match push_utf8(&data[at..], &mut text) {
                (valid, None) => {
                    at += valid;
                    continue;
                }
                (valid, Some(wrong)) => {
                    at += valid;
                    Err(wrong)
                }
            },
            Codec::UnicodeEscape | Codec::RawUnicodeEscape => escape::step(codec, &data[at..]),
            _ => step(codec, &data[at..]),
        };
        match step {
            Ok((point, width)) => {
                text.push(point);
                at += width;
            }
            Err((width, reason)) => {
                let end = (at + width).min(data.len());
                let trouble = Undecodable {
                    codec,
                    object,
                    data,
                    start: at,
                    end,
                    reason,
                };
                at = trouble.handle(vm, handler, &mut text)?;
                text.check(vm)?;
            }
        }
    }
    Ok(text)
}

/// The codec that a byte order mark decides on, and where the text starts.
fn after_mark(codec: Codec, data: &[u8]) -> (Codec, usize) {
    match (codec, data) {
        (Codec::Utf8Sig, [0xEF, 0xBB, 0xBF, ..]) => (codec, 3),
        (Codec::Utf32(Endian::Marked), [0xFF, 0xFE, 0, 0, ..]) => (Codec::Utf32(Endian::Little), 4),
        (Codec::Utf32(Endian::Marked), [0, 0, 0xFE, 0xFF, ..]) => (Codec::Utf32(Endian::Big), 4),
        (Codec::Utf32(Endian::Marked), _) => (Codec::Utf32(Endian::Little), 0),
        (Codec::Utf16(Endian::Marked), [0xFF, 0xFE, ..]) => (Codec::Utf16(Endian::Little), 2),
        (Codec::Utf16(Endian::Marked), [0xFE, 0xFF, ..]) => (Codec::Utf16(Endian::Big), 2),
        (Codec::Utf16(Endian::Marked), _) => (Codec::Utf16(Endian::Little), 0),
        _ => (codec, 0),
    }
}

/// Appends the valid beginning; gives its length and what is wrong behind it.
fn push_utf8(data: &[u8], text: &mut Text) -> (usize, Option<(usize, &'static str)>) {
    let Some(chunk) = data.utf8_chunks().next() else {
        return (data.len(), None);
    };
    text.push_str(chunk.valid());
    let valid = chunk.valid().len();
    let wrong = match chunk.invalid() {
        [] => None,
        invalid @ [lead, ..] => Some(match lead {
            0x80..0xC2 | 0xF5.. => (1, "invalid start byte"),
            _ if valid + invalid.len() == data.len() && is_incomplete(invalid) => {
                (invalid.len(), "unexpected end of data")
            }
            _ => (invalid.len(), "invalid continuation byte"),
        }),
    };
    (valid, wrong)
}

/// Whether more bytes could make a character of these.
fn is_incomplete(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

fn step(codec: Codec, data: &[u8]) -> Step {
    match codec {
        Codec::Utf16(endian) => utf16_step(endian, data),
        Codec::Utf32(endian) => utf32_step(endian, data),
        Codec::Ascii if data[0] >= 0x80 => Err((1, "ordinal not in range(128)")),
        Codec::Cp949 | Codec::EucKr => korean_step(codec, data),
        _ => Ok((u32::from(data[0]), 1)),
    }
}

fn utf16_step(endian: Endian, data: &[u8]) -> Step {
    let unit = |at: usize| match data.get(at..at + 2) {
        Some([a, b]) if endian == Endian::Big => Some(u32::from(u16::from_be_bytes([*a, *b]))),
        Some([a, b]) => Some(u32::from(u16::from_le_bytes([*a, *b]))),
        _ => None,
    };
    match unit(0) {
        None => Err((data.len(), "truncated data")),
        Some(0xDC00..0xE000) => Err((2, "illegal encoding")),
        Some(high @ 0xD800..0xDC00) => match unit(2) {
            None => Err((data.len(), "unexpected end of data")),
            Some(low @ 0xDC00..0xE000) => {
                Ok((0x1_0000 + ((high - 0xD800) << 10 | (low - 0xDC00)), 4))
            }
            Some(_) => Err((2, "illegal UTF-16 surrogate")),
        },
        Some(point) => Ok((point, 2)),
    }
}

fn utf32_step(endian: Endian, data: &[u8]) -> Step {
    let Some(bytes) = data.first_chunk::<4>() else {
        return Err((data.len(), "truncated data"));
    };
    let point = if endian == Endian::Big {
        u32::from_be_bytes(*bytes)
    } else {
        u32::from_le_bytes(*bytes)
    };
    match point {
        0xD800..0xE000 => Err((
            4,
            "code point in surrogate code point range(0xd800, 0xe000)",
        )),
        0x11_0000.. => Err((4, "code point not in range(0x110000)")),
        _ => Ok((point, 4)),
    }
}

fn korean_step(codec: Codec, data: &[u8]) -> Step {
    let lead = data[0];
    if lead < 0x80 {
        return Ok((u32::from(lead), 1));
    }
    let Some(trail) = data.get(1) else {
        return Err((1, "incomplete multibyte sequence"));
    };
    if codec == Codec::EucKr && (lead < 0xA1 || *trail < 0xA1) {
        return Err((1, "illegal multibyte sequence"));
    }
    match encoding_rs::EUC_KR.decode_without_bom_handling_and_without_replacement(&[lead, *trail]) {
        Some(text) => match text.chars().next() {
            Some(char) => Ok((u32::from(char), 2)),
            None => Err((1, "illegal multibyte sequence")),
        },
        None => Err((1, "illegal multibyte sequence")),
    }
}

/// How many bytes make whole characters, counting what is wrong as whole.
pub(super) fn complete_len(data: &[u8], codec: Codec) -> usize {
    match codec {
        Codec::Utf8 | Codec::Utf8Sig => {
            let tail =
                (1..=3.min(data.len())).find(|back| is_incomplete(&data[data.len() - back..]));
            data.len() - tail.unwrap_or(0)
        }
        Codec::Utf16(endian) => {
            let even = data.len() & !1;
            let high = match (endian, data.get(even.wrapping_sub(2)..even)) {
                (Endian::Big, Some([high, _])) | (_, Some([_, high])) => {
                    (0xD8..0xDC).contains(high)
                }
                _ => false,
            };
            even - if high { 2 } else { 0 }
        }
        Codec::Utf32(_) => data.len() & !3,
        Codec::Cp949 | Codec::EucKr => {
            let mut at = 0;
            while at < data.len() {
                let width = if data[at] < 0x80 { 1 } else { 2 };
                if at + width > data.len() {
                    return at;
                }
                at += width;
            }
            at
        }
        _ => data.len(),
    }
}
