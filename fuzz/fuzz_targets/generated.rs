//! Programs of the generator that `gieok compare --generate` uses, two of them one behind the other.

#![no_main]

mod run;

use gieok::compare::program::Program;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, u64, u8)| {
    let (first, second, version) = input;
    let version = usize::from(version) % 7;
    let python = (3, 9 + version as u8);
    let mut text = Program::random(first, python).text();
    text.push_str(&Program::random(second, python).text());
    run::run(&text, version);
});
