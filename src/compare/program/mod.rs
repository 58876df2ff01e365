//! Small object programs, made at random: what posts about memory do, in every mixture.
//!
//! A program is a list of statements. Each may fail: then it prints the error, and the next one runs; so a statement can
//! be left out, and the rest is still a program. The same seed gives the same program, for all versions but where a
//! version has syntax of its own.

mod classes;
mod flow;
mod functions;
mod library;
mod machinery;
mod memory;
mod objects;
mod templates;
mod text;
mod writer;

use std::ops::Range;

use writer::Writer;

/// The modules that every program imports; `weakref.finalize` imports `atexit`.
const MODULES: &str = "atexit, collections, copy, functools, gc, itertools, operator, sys, tracemalloc, types, weakref";

/// Modules that a program imports if it uses them.
const MORE_MODULES: [&str; 4] = ["contextlib", "dataclasses", "enum", "pickle"];

/// What comes after the imports: what they leave for the collector and in lists of free objects is none of the program.
const HEAD: &str = "gc.collect()\n";

/// What every program ends with: nothing may be left over that a collection would find otherwise.
const END: &str = "print('end', gc.collect(), gc.garbage)\n";

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// Its statements, each with the newline that ends it, without what every program begins and ends with.
    pub statements: Vec<String>,
}

impl Program {
    /// The program of a seed, in the syntax of a version: `(3, 13)`.
    pub fn random(seed: u64, version: (u8, u8)) -> Program {
        let mut writer = Writer::new(seed, version);
        if writer.chance(60) {
            writer.plain("gc.disable()");
        }
        for _ in 0..writer.between(1, 4) {
            classes::class(&mut writer);
        }
        for _ in 0..writer.between(12, 40) {
            statement(&mut writer);
        }
        Program {
            statements: writer.statements,
        }
    }

    /// The whole text.
    pub fn text(&self) -> String {
        let body = self.statements.concat();
        let used = |module: &&&str| body.contains(&format!("{module}."));
        let more: Vec<&str> = MORE_MODULES.iter().filter(used).copied().collect();
        let imports: String = more.iter().map(|module| format!(", {module}")).collect();
        format!("import {MODULES}{imports}\n{HEAD}{body}{END}")
    }

    /// The program without some of its statements.
    pub fn without(&self, left_out: Range<usize>) -> Program {
        let kept = self.statements.iter().enumerate();
        let kept = kept.filter(|(place, _)| !left_out.contains(place));
        Program {
            statements: kept.map(|(_, statement)| statement.clone()).collect(),
        }
    }
}

/// Kinds of statements, and how often each comes in a hundred and some.
const STATEMENTS: [(u32, fn(&mut Writer)); 16] = [
    (22, objects::assignment),
    (16, objects::container),
    (10, objects::attribute),
    (4, objects::identity),
    (5, objects::forgotten),
    (14, memory::count_or_size),
    (12, memory::collector),
    (10, memory::weak_reference),
    (4, memory::traced),
    (12, functions::function),
    (8, functions::generator),
    (8, functions::exception),
    (14, text::operation),
    (9, flow::flow),
    (8, machinery::machinery),
    (9, library::library),
];

fn statement(writer: &mut Writer) {
    let total: u32 = STATEMENTS.iter().map(|(weight, _)| weight).sum();
    let mut left = writer.between(0, total - 1);
    for (weight, write) in STATEMENTS {
        if left < weight {
            return write(writer);
        }
        left -= weight;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::run::{Code, engine};

    #[test]
    fn a_seed_is_a_program() {
        let program = Program::random(7, (3, 13));
        assert_eq!(program, Program::random(7, (3, 13)));
        assert_ne!(program, Program::random(8, (3, 13)));
        assert!(program.text().starts_with("import ") && program.text().ends_with(END));
        assert_eq!(
            program.without(1..3).statements.len() + 2,
            program.statements.len()
        );
    }

    #[test]
    fn programs_run_to_their_end_in_every_version() {
        for version in crate::run::versions() {
            let minor = version.split_once('.').unwrap().1.parse().unwrap();
            for seed in 0..6 {
                let code = Code {
                    text: Program::random(seed, (3, minor)).text(),
                    ..Code::default()
                };
                let executed = engine(&version).unwrap().execute(&[code]);
                let result = &executed[0].result;
                assert_eq!(result.limit, None, "{version}, seed {seed}");
                assert_eq!(result.exception, None, "{version}, seed {seed}");
            }
        }
    }
}
