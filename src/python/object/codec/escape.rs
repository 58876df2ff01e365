//! `unicode_escape` and `raw_unicode_escape`: text as a Python literal spells it.

use super::Codec;

/// Appends what `unicode_escape` writes for a code point.
pub(super) fn push_escaped(point: u32, output: &mut Vec<u8>) {
    match point {
        0x5C => output.extend_from_slice(b"\\\\"),
        0x09 => output.extend_from_slice(b"\\t"),
        0x0A => output.extend_from_slice(b"\\n"),
        0x0D => output.extend_from_slice(b"\\r"),
        0x20..0x7F => output.push(point as u8),
        _ => output.extend_from_slice(crate::python::object::str::escape(point).as_bytes()),
    }
}

/// Appends what `raw_unicode_escape` writes: Latin-1, everything else escaped.
pub(super) fn push_raw_escaped(point: u32, output: &mut Vec<u8>) {
    match u8::try_from(point) {
        Ok(byte) => output.push(byte),
        Err(_) => output.extend_from_slice(crate::python::object::str::escape(point).as_bytes()),
    }
}

/// One step of decoding: a code point and the bytes it took, or how many bytes are wrong and why.
pub(super) fn step(codec: Codec, data: &[u8]) -> Result<(u32, usize), (usize, &'static str)> {
    let [b'\\', rest @ ..] = data else {
        return Ok((u32::from(data[0]), 1));
    };
    let kind = rest.first().copied();
    match (codec, kind) {
        (Codec::RawUnicodeEscape, Some(b'u')) => hex(rest, 4, "truncated \\uXXXX escape"),
        (Codec::RawUnicodeEscape, Some(b'U')) => hex(rest, 8, "truncated \\UXXXXXXXX escape"),
        (Codec::RawUnicodeEscape, _) => Ok((0x5C, 1)),
        (_, None) => Err((1, "\\ at end of string")),
        (_, Some(byte)) => cooked(byte, rest),
    }
}

fn cooked(kind: u8, rest: &[u8]) -> Result<(u32, usize), (usize, &'static str)> {
    let simple = match kind {
        b'\\' | b'\'' | b'"' => kind,
        b'b' => 0x08,
        b'f' => 0x0C,
        b't' => b'\t',
        b'n' => b'\n',
        b'r' => b'\r',
        b'v' => 0x0B,
        b'a' => 0x07,
        b'0'..=b'7' => return Ok(octal(rest)),
        b'x' => return hex(rest, 2, "truncated \\xXX escape"),
        b'u' => return hex(rest, 4, "truncated \\uXXXX escape"),
        b'U' => return hex(rest, 8, "truncated \\UXXXXXXXX escape"),
        b'N' => return named(rest),
        _ => return Ok((0x5C, 1)),
    };
    Ok((u32::from(simple), 2))
}

fn octal(rest: &[u8]) -> (u32, usize) {
    let digits = rest
        .iter()
        .take(3)
        .take_while(|byte| (b'0'..=b'7').contains(*byte));
    let (value, count) = digits.fold((0, 0), |(value, count), digit| {
        (value * 8 + u32::from(digit - b'0'), count + 1)
    });
    (value, 1 + count)
}

/// `rest` starts with the letter behind the backslash.
fn hex(
    rest: &[u8],
    width: usize,
    truncated: &'static str,
) -> Result<(u32, usize), (usize, &'static str)> {
    let digits = rest
        .iter()
        .skip(1)
        .take(width)
        .take_while(|byte| byte.is_ascii_hexdigit());
    let (mut value, mut count) = (0u32, 0);
    for digit in digits {
        value = value << 4 | char::from(*digit).to_digit(16).unwrap_or(0);
        count += 1;
    }
    match count == width {
        true if value >= 0x11_0000 => Err((2 + count, "illegal Unicode character")),
        true => Ok((value, 2 + count)),
        false => Err((2 + count, truncated)),
    }
}

fn named(rest: &[u8]) -> Result<(u32, usize), (usize, &'static str)> {
    let malformed = Err((2, "malformed \\N character escape"));
    let Some([b'{', inner @ ..]) = rest.get(1..) else {
        return malformed;
    };
    let Some(length) = inner
        .iter()
        .position(|byte| *byte == b'}')
        .filter(|length| *length > 0)
    else {
        return malformed;
    };
    let name = std::str::from_utf8(&inner[..length]).ok();
    match name.and_then(unicode_names2::character) {
        Some(char) => Ok((u32::from(char), length + 4)),
        None => Err((length + 4, "unknown Unicode character name")),
    }
}
