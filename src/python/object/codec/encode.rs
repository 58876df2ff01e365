//! Encoders.

use super::handler::{Handler, Substitute, Unencodable};
use super::{Codec, Endian, escape};
use crate::python::memory::Addr;
use crate::python::object::str;
use crate::python::vm::{PyResult, Vm};

/// The bytes of a string. Its code points are copied first: a handler may run Python code.
pub(super) fn encode(
    vm: &mut Vm,
    string: Addr,
    codec: Codec,
    handler: &Handler,
) -> PyResult<Vec<u8>> {
    let points = str::view(vm, string).to_vec();
    let mut output = Vec::with_capacity(points.len() + points.len() / 2);
    mark(codec, &mut output);
    let mut at = 0;
    while let Some(point) = points.get(at) {
        if push(codec, *point, &mut output) {
            at += 1;
            continue;
        }
        let width = points[at..]
            .iter()
            .take_while(|point| !can(codec, **point))
            .count();
        let end = if reports_runs(codec) {
            at + width
        } else {
            at + 1
        };
        let trouble = Unencodable {
            codec,
            string,
            points: &points,
            start: at,
            end,
            reason: reason(codec),
        };
        let (substitute, next) = trouble.handle(vm, handler)?;
        match substitute {
            Substitute::Bytes(bytes) => output.extend_from_slice(&bytes),
            Substitute::Text(text) => {
                if !text.iter().all(|point| push(codec, *point, &mut output)) {
                    let raised = trouble.handle(vm, &Handler::Strict);
                    raised?;
                }
            }
        }
        at = next;
        if output.len() as u64 > vm.limits.heap_bytes {
            return Err(vm.memory_error());
        }
    }
    Ok(output)
}

/// Writes the byte order mark of the encodings that have one.
fn mark(codec: Codec, output: &mut Vec<u8>) {
    match codec {
        Codec::Utf8Sig => output.extend([0xEF, 0xBB, 0xBF]),
        Codec::Utf16(Endian::Marked) => output.extend([0xFF, 0xFE]),
        Codec::Utf32(Endian::Marked) => output.extend([0xFF, 0xFE, 0, 0]),
        _ => {}
    }
}

/// Whether one error covers all the characters in a row that cannot be encoded.
const fn reports_runs(codec: Codec) -> bool {
    matches!(
        codec,
        Codec::Utf8 | Codec::Utf8Sig | Codec::Latin1 | Codec::Ascii
    )
}

const fn reason(codec: Codec) -> &'static str {
    match codec {
        Codec::Latin1 => "ordinal not in range(256)",
        Codec::Ascii => "ordinal not in range(128)",
        Codec::Cp949 | Codec::EucKr => "illegal multibyte sequence",
        _ => "surrogates not allowed",
    }
}

fn can(codec: Codec, point: u32) -> bool {
    push(codec, point, &mut Vec::new())
}

/// Appends the bytes of a code point, or says that it has none.
fn push(codec: Codec, point: u32, output: &mut Vec<u8>) -> bool {
    match codec {
        Codec::Ascii if point >= 0x80 => return false,
        Codec::Latin1 if point >= 0x100 => return false,
        Codec::Ascii | Codec::Latin1 => output.push(point as u8),
        Codec::UnicodeEscape => escape::push_escaped(point, output),
        Codec::RawUnicodeEscape => escape::push_raw_escaped(point, output),
        _ => match char::from_u32(point) {
            Some(char) => return push_char(codec, char, output),
            None => return false,
        },
    }
    true
}

fn push_char(codec: Codec, char: char, output: &mut Vec<u8>) -> bool {
    match codec {
        Codec::Utf16(endian) => {
            for unit in char.encode_utf16(&mut [0; 2]) {
                output.extend(if endian == Endian::Big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                });
            }
        }
        Codec::Utf32(Endian::Big) => output.extend(u32::from(char).to_be_bytes()),
        Codec::Utf32(_) => output.extend(u32::from(char).to_le_bytes()),
        Codec::Cp949 | Codec::EucKr => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = encoding_rs::EUC_KR.encode(char.encode_utf8(&mut buffer));
            let in_euc = bytes.iter().all(|byte| *byte >= 0xA1) || bytes.len() == 1;
            if unmappable || (codec == Codec::EucKr && !in_euc) {
                return false;
            }
            output.extend_from_slice(&bytes);
        }
        _ => output.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
    }
    true
}
