//! `_deflate`: what `zlib` asks the machine for: compressing, decompressing, checksums. The objects of `zlib` are Python
//! (`lib/overlay/zlib.py`). CPython: Modules/zlibmodule.c, over zlib.

mod matches;
mod trees;

use super::{NativeModule, int_argument};
use crate::python::memory::{Addr, Own};
use crate::python::object::{Method, buffer, bytes, int, tuple, types};
use crate::python::vm::{Args, PyResult, Vm};
use flate2::{Decompress, FlushDecompress, Status};

/// Bytes that one call may make.
const OUTPUT_MAX: usize = 512 << 20;

/// The module.
pub static MODULE: NativeModule = NativeModule {
    name: "_deflate",
    methods: &[
        Method::new(
            "deflate",
            "(data, flushes, finish, level, wbits, memory_level, strategy, /)",
            deflate,
        ),
        Method::new("inflate", "(data, length, /)", inflate),
        Method::new("adler32", "(data, value=1, /)", |vm, _, args| {
            let content = buffer::content(vm, args.get(vm, 0))?;
            vm.check_steps(content.len() as u64 / 16)?;
            let start = match args.opt(vm, 1) {
                Some(start) => low_word(vm, start)?,
                None => 1,
            };
            let (mut a, mut b) = (start & 0xFFFF, start >> 16);
            for byte in content {
                a = (a + u32::from(byte)) % 65_521;
                b = (b + a) % 65_521;
            }
            Ok(int::new(vm, i64::from(b << 16 | a)))
        }),
    ],
    types: &[],
    init: |_, _| Ok(()),
};

fn low_word(vm: &mut Vm, given: Addr) -> PyResult<u32> {
    let number = vm.index(given)?;
    let word = int::as_i64(vm, number.addr()).unwrap_or(0) as u32;
    vm.decref(number);
    Ok(word)
}

fn deflate(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let content = buffer::content(vm, args.get(vm, 0))?;
    let mut flushes = Vec::new();
    for place in vm.collect(args.get(vm, 1))? {
        let at = vm.index_value(place.addr(), types::OVERFLOW_ERROR)?;
        flushes.push(usize::try_from(at).unwrap_or(0).min(content.len()));
        vm.decref(place);
    }
    let finish = vm.is_true(args.get(vm, 2))?;
    let mut numbers = [0; 4];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = int_argument(vm, args.get(vm, 3 + at))?;
    }
    let settings = matches::Settings {
        level: numbers[0].clamp(0, 9) as usize,
        window_bits: numbers[1].clamp(9, 15) as u32,
        memory_level: numbers[2].clamp(1, 9) as u32,
        strategy: numbers[3].clamp(0, 4) as u32,
    };
    vm.check_steps(content.len() as u64)?;
    let output = matches::deflate(&content, &flushes, finish, settings);
    bytes::try_new(vm, &output)
}

/// `inflate(data, length)`: the output, at most `length` bytes of it, how many bytes it is made of, and whether it ended;
/// `None` for what is no deflate.
fn inflate(vm: &mut Vm, _: Addr, args: Args) -> PyResult<Own> {
    let content = buffer::content(vm, args.get(vm, 0))?;
    let len = vm.index_value(args.get(vm, 1), types::OVERFLOW_ERROR)?;
    let len_max = usize::try_from(len).unwrap_or(OUTPUT_MAX).min(OUTPUT_MAX);
    let mut stream = Decompress::new(false);
    let mut output = Vec::new();
    let ended = loop {
        let read = stream.total_in() as usize;
        let room = len_max - output.len();
        if room == 0 && len_max > 0 {
            break false;
        }
        let before = output.len();
        output.resize(before + room.clamp(1, 1 << 16), 0);
        let status = stream.decompress(
            &content[read..],
            &mut output[before..],
            FlushDecompress::None,
        );
        output.truncate((stream.total_out() as usize).min(len_max.max(before)));
        vm.check_steps((output.len() - before) as u64 / 16 + 1)?;
        match status {
            Ok(Status::StreamEnd) => break true,
            Ok(_) if stream.total_in() as usize == read && output.len() == before => break false,
            Ok(_) => {}
            Err(_) => return Ok(vm.none()),
        }
    };
    let made = bytes::try_new(vm, &output)?;
    let parts = vec![made, int::from_u64(vm, stream.total_in()), vm.bool(ended)];
    Ok(tuple::from_owned(vm, parts))
}
