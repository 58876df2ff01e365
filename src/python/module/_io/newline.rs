//! How a text stream treats line ends, and `IncrementalNewlineDecoder`.

use super::call_name;
use crate::python::memory::{Addr, Own};
use crate::python::object::str::{self, Text};
use crate::python::object::{
    FALSE, GetSet, Method, NONE, TypeSpec, flags, int, iterator, object, tuple, types,
};
use crate::python::vm::{Args, PyResult, Vm};

const CR: u32 = 0x0D;
const LF: u32 = 0x0A;

/// The `newline` argument of text streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Newline {
    /// `None`: every line end becomes `\n`.
    Universal,
    /// `''`: lines end in any way, and keep it.
    Any,
    /// `'\n'`
    Lf,
    /// `'\r'`
    Cr,
    /// `'\r\n'`
    CrLf,
}

impl Newline {
    /// From the argument.
    pub fn of_arg(vm: &mut Vm, newline: Addr) -> PyResult<Newline> {
        if newline == NONE {
            return Ok(Newline::Universal);
        }
        if !str::check(vm, newline) {
            let given = str::arg::type_text(vm, newline);
            return Err(vm.type_error(format!("newline must be str or None, not {given}")));
        }
        match str::to_rust(vm, newline).as_str() {
            "" => Ok(Newline::Any),
            "\n" => Ok(Newline::Lf),
            "\r" => Ok(Newline::Cr),
            "\r\n" => Ok(Newline::CrLf),
            _ => {
                let shown = vm.repr_text(newline)?;
                Err(vm.value_error(format!("illegal newline value: {shown}")))
            }
        }
    }

    /// From the number that a stream keeps.
    pub fn of_number(number: u64) -> Newline {
        match number {
            0 => Newline::Universal,
            1 => Newline::Any,
            3 => Newline::Cr,
            4 => Newline::CrLf,
            _ => Newline::Lf,
        }
    }

    /// As the argument it came from.
    pub fn object(self, vm: &mut Vm) -> Own {
        match self {
            Newline::Universal => vm.none(),
            Newline::Any => str::new(vm, ""),
            Newline::Lf => str::new(vm, "\n"),
            Newline::Cr => str::new(vm, "\r"),
            Newline::CrLf => str::new(vm, "\r\n"),
        }
    }

    /// What a memory stream stores for text written to it.
    pub fn translated(self, text: Vec<u32>, seen: &mut u64) -> Vec<u32> {
        match self {
            Newline::Universal => universal(&text, seen),
            Newline::Any => {
                universal(&text, seen);
                text
            }
            Newline::Lf => text,
            Newline::Cr | Newline::CrLf => self.written(&text),
        }
    }

    /// What goes out for text written to a stream: `\n` becomes the stream's line end.
    pub fn written(self, text: &[u32]) -> Vec<u32> {
        let end: &[u32] = match self {
            Newline::Cr => &[CR],
            Newline::CrLf => &[CR, LF],
            _ => return text.to_vec(),
        };
        text.iter()
            .flat_map(|point| {
                if *point == LF {
                    end.to_vec()
                } else {
                    vec![*point]
                }
            })
            .collect()
    }

    /// The length of the first line with its end; everything where no end is.
    pub fn line_len(self, text: &[u32]) -> usize {
        let at = match self {
            Newline::Universal | Newline::Lf => {
                text.iter().position(|point| *point == LF).map(|at| at + 1)
            }
            Newline::Cr => text.iter().position(|point| *point == CR).map(|at| at + 1),
            Newline::CrLf => text
                .windows(2)
                .position(|pair| pair == [CR, LF])
                .map(|at| at + 2),
            Newline::Any => text
                .iter()
                .position(|point| matches!(*point, CR | LF))
                .map(|at| at + 1 + usize::from(text[at] == CR && text.get(at + 1) == Some(&LF))),
        };
        at.unwrap_or(text.len())
    }
}

/// The text with every line end as `\n`; notes which ends there were.
pub fn universal(text: &[u32], seen: &mut u64) -> Vec<u32> {
    let mut result = Vec::with_capacity(text.len());
    let mut rest = text.iter().peekable();
    while let Some(point) = rest.next() {
        match *point {
            CR if rest.peek() == Some(&&LF) => {
                rest.next();
                *seen |= 4;
                result.push(LF);
            }
            CR => {
                *seen |= 1;
                result.push(LF);
            }
            LF => {
                *seen |= 2;
                result.push(LF);
            }
            point => result.push(point),
        }
    }
    result
}

/// `newlines`: the line ends seen, as CPython orders them.
pub fn seen_object(vm: &mut Vm, seen: u64) -> Own {
    let ends = [(1, "\r"), (2, "\n"), (4, "\r\n")];
    let mut texts: Vec<Own> = Vec::new();
    for (_, text) in ends.iter().filter(|(bit, _)| seen & bit != 0) {
        texts.push(str::new(vm, text));
    }
    match texts.len() {
        0 => vm.none(),
        1 => texts.remove(0),
        _ => tuple::from_owned(vm, texts),
    }
}

/// Offset of `decoder`.
const DECODER: u64 = 16;
/// Offset of the flags: 1 translates, 2 a `\r` waits.
const FLAGS: u64 = 24;
/// Offset of the line ends seen.
const SEEN: u64 = 32;

/// `_io.IncrementalNewlineDecoder`
pub static SPEC: TypeSpec = TypeSpec {
    basicsize: 40,
    flags: flags::HAVE_GC | flags::BASETYPE,
    slots: |slots| {
        slots.dealloc = Some(|vm, decoder| iterator::dealloc_fields(vm, decoder, &[DECODER]));
        slots.traverse =
            Some(|vm, decoder, visit| iterator::visit_fields(vm, decoder, &[DECODER], visit));
        slots.clear = Some(|vm, decoder| vm.set_field(decoder, DECODER, None));
        slots.new = Some(|vm, class, _| object::generic_alloc(vm, class, 0));
        slots.init = Some(|vm, this, args| {
            let [decoder, translate, _errors] = args.bind(
                vm,
                "IncrementalNewlineDecoder",
                "(decoder, translate, errors='strict')",
            )?;
            let translate = vm.is_true(translate)?;
            let decoder = vm.incref(decoder);
            vm.set_field(this, DECODER, Some(decoder));
            vm.set_word(this, FLAGS, u64::from(translate));
            vm.set_word(this, SEEN, 0);
            Ok(())
        });
    },
    methods: &[
        Method::new("decode", "(input, final=False)", decode),
        Method::new("getstate", "()", |vm, this, _| {
            let state = vm.word(this, FLAGS) >> 1;
            let (buffer, state) = (
                crate::python::object::bytes::new(vm, b""),
                int::from_u64(vm, state),
            );
            Ok(tuple::from_owned(vm, vec![buffer, state]))
        }),
        Method::new("reset", "()", |vm, this, _| {
            vm.set_word(this, SEEN, 0);
            let flags = vm.word(this, FLAGS);
            vm.set_word(this, FLAGS, flags & 1);
            let decoder = vm.field(this, DECODER);
            if decoder != NONE {
                return call_name(vm, decoder, "reset", &[]);
            }
            Ok(vm.none())
        }),
    ],
    getset: &[GetSet::read("newlines", |vm, this| {
        let seen = vm.word(this, SEEN);
        Ok(seen_object(vm, seen))
    })],
    ..TypeSpec::new(
        types::INCREMENTAL_NEWLINE_DECODER,
        "_io.IncrementalNewlineDecoder",
    )
};

fn decode(vm: &mut Vm, this: Addr, args: Args) -> PyResult<Own> {
    let (input, last) = (args.get(vm, 0), args.opt(vm, 1).unwrap_or(FALSE));
    let is_last = vm.is_true(last)?;
    let decoder = vm.field(this, DECODER);
    let decoded = if decoder == NONE {
        vm.incref(input)
    } else {
        call_name(vm, decoder, "decode", &[input, last])?
    };
    str::arg::string(vm, "decode", "result", decoded.addr())?;
    let mut points = str::view(vm, decoded.addr()).to_vec();
    vm.decref(decoded);
    let flags = vm.word(this, FLAGS);
    if flags & 2 != 0 {
        points.insert(0, CR);
    }
    // A `\r` at the end may be half of a `\r\n`.
    let waits = !is_last && points.last() == Some(&CR);
    if waits {
        points.pop();
    }
    vm.set_word(this, FLAGS, flags & 1 | u64::from(waits) << 1);
    let mut seen = vm.word(this, SEEN);
    let translated = universal(&points, &mut seen);
    vm.set_word(this, SEEN, seen);
    let mut text = Text::new();
    let shown = if flags & 1 != 0 { &translated } else { &points };
    shown.iter().for_each(|point| text.push(*point));
    text.finish(vm)
}
