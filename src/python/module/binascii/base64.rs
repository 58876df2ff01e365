//! Base 64.

use super::error;
use crate::python::vm::{PyResult, Vm};

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn value(char: u8) -> Option<u32> {
    ALPHABET
        .iter()
        .position(|known| *known == char)
        .map(|at| at as u32)
}

/// Bytes as base 64, without a line's end.
pub fn encode(raw: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(raw.len().div_ceil(3) * 4 + 1);
    for group in raw.chunks(3) {
        let word = group
            .iter()
            .fold(0u32, |word, byte| word << 8 | u32::from(*byte))
            << (8 * (3 - group.len()));
        for i in 0..4 {
            text.push(match i <= group.len() {
                true => ALPHABET[(word >> (18 - 6 * i) & 63) as usize],
                false => b'=',
            });
        }
    }
    text
}

/// The bytes behind base 64; what is no character of it is skipped, unless `strict`.
pub fn decode(vm: &mut Vm, text: &[u8], strict: bool) -> PyResult<Vec<u8>> {
    let mut raw = Vec::with_capacity(text.len() / 4 * 3);
    if strict && text.first() == Some(&b'=') {
        return Err(error(vm, "Leading padding not allowed"));
    }
    let (mut in_group, mut left, mut pads, mut padding_started) = (0u32, 0u32, 0u32, false);
    for (i, &char) in text.iter().enumerate() {
        if char == b'=' {
            padding_started = true;
            pads += 1;
            if in_group >= 2 && in_group + pads >= 4 {
                if strict && i + 1 < text.len() {
                    return Err(error(vm, "Excess data after padding"));
                }
                return Ok(raw);
            }
            continue;
        }
        let Some(digit) = value(char) else {
            if strict {
                return Err(error(vm, "Only base64 data is allowed"));
            }
            continue;
        };
        if strict && padding_started {
            return Err(error(vm, "Discontinuous padding not allowed"));
        }
        pads = 0;
        match in_group {
            0 => {}
            1 => raw.push((left << 2 | digit >> 4) as u8),
            2 => raw.push(((left & 15) << 4 | digit >> 2) as u8),
            _ => raw.push(((left & 3) << 6 | digit) as u8),
        }
        left = digit;
        in_group = (in_group + 1) % 4;
    }
    match in_group {
        0 => Ok(raw),
        1 => {
            let count = raw.len() / 3 * 4 + 1;
            Err(error(
                vm,
                &format!(
                    "Invalid base64-encoded string: number of data characters ({count}) cannot be 1 more than a multiple of 4"
                ),
            ))
        }
        _ => Err(error(vm, "Incorrect padding")),
    }
}
