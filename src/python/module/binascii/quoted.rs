//! Quoted-printable and uuencode.

use super::error;
use crate::python::vm::{PyResult, Vm};

/// Longest line of quoted-printable text, without its end.
const LINE_MAX: usize = 76;

/// The bytes behind quoted-printable text. In headers `_` is a space.
pub fn decode_qp(text: &[u8], header: bool) -> Vec<u8> {
    let mut raw = Vec::with_capacity(text.len());
    let hex = |at: usize| text.get(at).and_then(|char| char::from(*char).to_digit(16));
    let mut at = 0;
    while at < text.len() {
        match text[at] {
            b'=' => {
                at += 1;
                match text.get(at) {
                    None => break,
                    Some(b'\n' | b'\r') => {
                        // A soft line break: the line goes on.
                        while text.get(at).is_some_and(|char| *char != b'\n') {
                            at += 1;
                        }
                        at += 1;
                    }
                    Some(b'=') => {
                        raw.push(b'=');
                        at += 1;
                    }
                    Some(_) => match (hex(at), hex(at + 1)) {
                        (Some(high), Some(low)) => {
                            raw.push((high * 16 + low) as u8);
                            at += 2;
                        }
                        _ => raw.push(b'='),
                    },
                }
            }
            b'_' if header => {
                raw.push(b' ');
                at += 1;
            }
            char => {
                raw.push(char);
                at += 1;
            }
        }
    }
    raw
}

/// Bytes as quoted-printable text.
pub fn encode_qp(raw: &[u8], quote_tabs: bool, is_text: bool, header: bool) -> Vec<u8> {
    let uses_crlf = raw
        .iter()
        .position(|byte| *byte == b'\n')
        .is_some_and(|at| at > 0 && raw[at - 1] == b'\r');
    let line_end: &[u8] = if uses_crlf { b"\r\n" } else { b"\n" };
    let mut text = Vec::with_capacity(raw.len());
    let mut line = 0;
    for (i, &byte) in raw.iter().enumerate() {
        let next = raw.get(i + 1).copied();
        let ends_line = next.is_none_or(|next| next == b'\n')
            || next == Some(b'\r') && raw.get(i + 2) == Some(&b'\n');
        let quoted = byte > 126
            || byte == b'='
            || header && byte == b'_'
            || byte == b'.' && line == 0 && (ends_line || next == Some(0))
            || !is_text && matches!(byte, b'\r' | b'\n')
            || matches!(byte, b'\t' | b' ') && (ends_line || quote_tabs)
            || byte < 33 && !matches!(byte, b'\r' | b'\n' | b'\t' | b' ');
        if quoted && !(header && byte == b' ') {
            if line + 3 >= LINE_MAX && next != Some(b'\n') || line + 3 > LINE_MAX {
                text.push(b'=');
                text.extend_from_slice(line_end);
                line = 0;
            }
            text.extend_from_slice(format!("={byte:02X}").as_bytes());
            line += 3;
            continue;
        }
        if is_text && (byte == b'\n' || byte == b'\r' && next == Some(b'\n')) {
            if byte == b'\n' {
                text.extend_from_slice(line_end);
                line = 0;
            }
            continue;
        }
        if next.is_some_and(|next| next != b'\n') && line + 1 >= LINE_MAX {
            text.push(b'=');
            text.extend_from_slice(line_end);
            line = 0;
        }
        line += 1;
        text.push(if header && byte == b' ' { b'_' } else { byte });
    }
    text
}

/// One line of uuencoded text. Zero is a backtick, or a space.
pub fn encode_uu(vm: &mut Vm, raw: &[u8], backtick: bool) -> PyResult<Vec<u8>> {
    if raw.len() > 45 {
        return Err(error(vm, "At most 45 bytes at once"));
    }
    let digit = |value: u32| match value & 63 {
        0 if backtick => b'`',
        value => value as u8 + b' ',
    };
    let mut text = vec![digit(raw.len() as u32)];
    for group in raw.chunks(3) {
        let word = group
            .iter()
            .fold(0u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        text.extend((0..4).map(|i| digit(word >> (18 - 6 * i))));
    }
    text.push(b'\n');
    Ok(text)
}

/// The bytes behind one line of uuencoded text.
pub fn decode_uu(vm: &mut Vm, text: &[u8]) -> PyResult<Vec<u8>> {
    let count = text
        .first()
        .map_or(0, |first| usize::from(first.wrapping_sub(b' ') & 63));
    let mut raw = Vec::with_capacity(count);
    let (mut bits, mut word) = (0, 0u32);
    let mut rest = text.get(1..).unwrap_or_default().iter();
    while raw.len() < count {
        let digit = match rest.next() {
            // Trailing spaces may have been lost.
            None | Some(b'\n' | b'\r') => 0,
            Some(char @ b' '..=b'`') => u32::from(char - b' ') & 63,
            Some(_) => return Err(error(vm, "Illegal char")),
        };
        word = word << 6 | digit;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            raw.push((word >> bits) as u8);
            word &= (1 << bits) - 1;
        }
    }
    match rest.find(|char| !matches!(char, b' ' | b'`' | b'\n' | b'\r')) {
        Some(_) => Err(error(vm, "Trailing garbage")),
        None => Ok(raw),
    }
}
