//! `binascii`: bytes as text of several kinds, and checksums. CPython: Modules/binascii.c.

mod base64;
mod quoted;

use super::{NativeModule, add};
use crate::python::memory::{Addr, Own};
use crate::python::object::bytes::like::hex;
use crate::python::object::{Method, buffer, bytes, int, str, types};
use crate::python::vm::{Args, PyResult, Raised, Vm};

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "binascii",
    methods: &[
        Method::new("a2b_uu", "(data, /)", |vm, _, args| {
            let text = ascii_argument(vm, args.get(vm, 0))?;
            let raw = quoted::decode_uu(vm, &text)?;
            bytes::try_new(vm, &raw)
        }),
        Method::new("b2a_uu", "(data, /, *, backtick=False)", |vm, _, args| {
            let raw = buffer::content(vm, args.get(vm, 0))?;
            let backtick = flag(vm, args, 1, false)?;
            let text = quoted::encode_uu(vm, &raw, backtick)?;
            bytes::try_new(vm, &text)
        }),
        Method::new(
            "a2b_base64",
            "(data, /, *, strict_mode=False)",
            |vm, _, args| {
                let text = ascii_argument(vm, args.get(vm, 0))?;
                let strict = flag(vm, args, 1, false)?;
                let raw = base64::decode(vm, &text, strict)?;
                bytes::try_new(vm, &raw)
            },
        ),
        Method::new("b2a_base64", "(data, /, *, newline=True)", |vm, _, args| {
            let raw = buffer::content(vm, args.get(vm, 0))?;
            let mut text = base64::encode(&raw);
            if flag(vm, args, 1, true)? {
                text.push(b'\n');
            }
            bytes::try_new(vm, &text)
        }),
        Method::new("a2b_hex", "(hexstr, /)", unhexlify),
        Method::new(
            "b2a_hex",
            "(data, sep=<unrepresentable>, bytes_per_sep=1)",
            hexlify,
        ),
        Method::new(
            "hexlify",
            "(data, sep=<unrepresentable>, bytes_per_sep=1)",
            hexlify,
        ),
        Method::new("unhexlify", "(hexstr, /)", unhexlify),
        Method::new("crc32", "(data, crc=0, /)", |vm, _, args| {
            let raw = buffer::content(vm, args.get(vm, 0))?;
            let start = start_value(vm, args.opt(vm, 1))?;
            vm.check_steps(raw.len() as u64 / 16)?;
            let crc = crc32(&raw, start as u32);
            Ok(int::new(vm, i64::from(crc)))
        }),
        Method::new("crc_hqx", "(data, crc, /)", |vm, _, args| {
            let raw = buffer::content(vm, args.get(vm, 0))?;
            let start = start_value(vm, args.opt(vm, 1))?;
            let crc = raw.iter().fold(start as u32 & 0xFFFF, |crc, byte| {
                (0..8).fold(crc ^ u32::from(*byte) << 8, |crc, _| {
                    (crc << 1 ^ if crc & 0x8000 != 0 { 0x1021 } else { 0 }) & 0xFFFF
                })
            });
            Ok(int::new(vm, i64::from(crc)))
        }),
        Method::new("a2b_qp", "(data, header=False)", |vm, _, args| {
            let text = ascii_argument(vm, args.get(vm, 0))?;
            let header = flag(vm, args, 1, false)?;
            let raw = quoted::decode_qp(&text, header);
            bytes::try_new(vm, &raw)
        }),
        Method::new(
            "b2a_qp",
            "(data, quotetabs=False, istext=True, header=False)",
            |vm, _, args| {
                let raw = buffer::content(vm, args.get(vm, 0))?;
                let tabs = flag(vm, args, 1, false)?;
                let is_text = flag(vm, args, 2, true)?;
                let header = flag(vm, args, 3, false)?;
                let text = quoted::encode_qp(&raw, tabs, is_text, header);
                bytes::try_new(vm, &text)
            },
        ),
    ],
    types: &[],
    init: |vm, module| {
        let error = super::new_exception(vm, "binascii", "Error", types::VALUE_ERROR)?;
        add(vm, module, "Error", error);
        let incomplete = super::new_exception(vm, "binascii", "Incomplete", types::EXCEPTION)?;
        add(vm, module, "Incomplete", incomplete);
        Ok(())
    },
};

/// Raises `binascii.Error(message)`.
#[cold]
fn error(vm: &mut Vm, message: &str) -> Raised {
    vm.module_error("binascii", "Error", message)
}

/// Text of ASCII characters, or bytes.
fn ascii_argument(vm: &mut Vm, given: Addr) -> PyResult<Vec<u8>> {
    if str::check(vm, given) {
        if !str::is_ascii(vm, given) {
            return Err(vm.value_error("string argument should contain only ASCII characters"));
        }
        return Ok(str::to_rust(vm, given).into_bytes());
    }
    if !buffer::is_buffer(vm, given) {
        let got = vm.tp_name(given);
        return Err(vm.type_error(format!(
            "argument should be bytes, buffer or ASCII string, not '{got}'"
        )));
    }
    buffer::content(vm, given)
}

fn flag(vm: &mut Vm, args: Args, at: usize, default: bool) -> PyResult<bool> {
    match args.opt(vm, at) {
        Some(given) => vm.is_true(given),
        None => Ok(default),
    }
}

/// The low bits of an integer of any size.
fn start_value(vm: &mut Vm, given: Option<Addr>) -> PyResult<u64> {
    let Some(given) = given else { return Ok(0) };
    let number = vm.index(given)?;
    let digits = int::to_big(vm, number.addr()).to_signed_bytes_le();
    vm.decref(number);
    let fill = if digits.last().is_some_and(|last| last & 0x80 != 0) {
        0xFF
    } else {
        0
    };
    let mut word = [fill; 8];
    let len = digits.len().min(8);
    word[..len].copy_from_slice(&digits[..len]);
    Ok(u64::from_le_bytes(word))
}

/// The cyclic redundancy check of zip files.
fn crc32(raw: &[u8], start: u32) -> u32 {
    !raw.iter().fold(!start, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 != 0 { 0xEDB8_8320 } else { 0 }
        })
    })
}

fn hexlify(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let raw = buffer::content(vm, args.get(vm, 0))?;
    let text = hex::hex_of(vm, &raw, args.skip(1))?;
    let ascii = str::to_rust(vm, text.addr());
    vm.decref(text);
    bytes::try_new(vm, ascii.as_bytes())
}

fn unhexlify(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let text = ascii_argument(vm, args.get(vm, 0))?;
    if !text.len().is_multiple_of(2) {
        return Err(error(vm, "Odd-length string"));
    }
    let mut raw = Vec::with_capacity(text.len() / 2);
    for pair in text.chunks_exact(2) {
        let digit = |char: u8| char::from(char).to_digit(16);
        match (digit(pair[0]), digit(pair[1])) {
            (Some(high), Some(low)) => raw.push((high * 16 + low) as u8),
            _ => return Err(error(vm, "Non-hexadecimal digit found")),
        }
    }
    bytes::try_new(vm, &raw)
}
