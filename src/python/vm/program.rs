//! Loaded code: what the eval loop reads of a code object, beside the object in memory.

use crate::python::code::{Code, Const, Instruction, Op, PyStr};
use crate::python::memory::{Addr, Own};
use crate::python::object::{self, bytes, code, complex, float, int, set, str, tuple, types};
use crate::python::vm::borrow::Borrows;
use crate::python::vm::cache::{Cache, has_cache};
use crate::python::vm::{PyResult, Vm};
use rustc_hash::FxHashMap;
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

/// An instruction as the loop reads it: eight bytes.
#[derive(Clone, Copy, Debug)]
pub struct Loaded {
    /// What to do.
    pub op: Op,
    /// Its place in [`Program::caches`], 0 for none.
    pub cache: u16,
    /// What the loop may do together with it.
    pub fused: Fused,
    /// The argument; for a jump, the index of the target instruction.
    pub arg: u32,
}

/// Instructions that follow a load and that the loop may run with it in one turn, without putting the loaded
/// value on the stack and counting it there. They stand where they stood: a jump may lead to them, and the loop
/// runs them one by one when the operands are not of the kinds that need no Python code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fused {
    /// None.
    No,
    /// `LOAD_ATTR` of the loaded value.
    Attribute,
    /// An operator, whose left operand is on the stack already.
    Operator,
    /// `LOAD_CONST` and an operator between the two; after `LOAD_FAST_LOAD_FAST` the operator alone.
    PairOperator,
}

impl Fused {
    /// What may run together with the first of `code`.
    fn of(code: &[Instruction]) -> Fused {
        let op = |i: usize| code.get(i).map(|instruction| instruction.op);
        let operates = |i| matches!(op(i), Some(Op::BinaryOp | Op::CompareOp | Op::BinarySubscr));
        match op(0) {
            Some(Op::LoadFast) if op(1) == Some(Op::LoadAttr) && code[1].arg & 1 == 0 => {
                Fused::Attribute
            }
            Some(Op::LoadFast) if op(1) == Some(Op::LoadConst) && operates(2) => {
                Fused::PairOperator
            }
            Some(Op::LoadFastLoadFast) if operates(1) => Fused::PairOperator,
            Some(Op::LoadFast | Op::LoadConst) if operates(1) => Fused::Operator,
            _ => Fused::No,
        }
    }
}

/// A code object's Rust side. The words of [`Program::consts`] and [`Program::names`] borrow from the
/// tuples that the code object owns.
pub struct Program {
    /// What the compiler made.
    pub code: Arc<Code>,
    /// The code object.
    pub object: Addr,
    /// Its instructions.
    pub instructions: Box<[Loaded]>,
    /// `co_consts`, then the immortal ones that are not listed there.
    pub consts: Box<[Addr]>,
    /// `co_names`
    pub names: Box<[Addr]>,
    /// What instructions remember, see [`crate::python::vm::cache`]. The first one is nobody's.
    pub caches: Box<[Cell<Cache>]>,
    /// `co_flags`
    pub flags: u32,
    /// Which loads borrow, once somebody asked for a count.
    pub borrows: OnceCell<Borrows>,
    /// How many fast locals there are: arguments, locals, cells, free variables.
    pub nlocalsplus: u32,
    /// How deep the value stack gets.
    pub stacksize: u32,
    /// `co_stacksize`, which is something else where the version's instructions are others.
    pub told_stacksize: u32,
    /// The block of a frame that the next call gets; `NULL` for none.
    pub zombie: Cell<Addr>,
    /// `co_argcount`
    pub argcount: u32,
    /// Whether a call with exactly `argcount` positional arguments needs no binding: no `*args`,
    /// `**kwargs` or keyword-only parameters.
    pub simple: bool,
}

impl Program {
    /// The instructions of `code` with numbers for those that have a cache, and the empty caches.
    pub fn instructions_of(code: &Code) -> (Box<[Loaded]>, Box<[Cell<Cache>]>) {
        let mut count: u16 = 0;
        let instructions = code
            .instructions
            .iter()
            .enumerate()
            .map(|(i, instruction)| {
                // Past 65,535 caches the rest of a giant does without.
                let cache = match count.checked_add(1) {
                    Some(next) if has_cache(instruction.op) => {
                        count = next;
                        next
                    }
                    _ => 0,
                };
                Loaded {
                    op: instruction.op,
                    cache,
                    fused: Fused::of(&code.instructions[i..]),
                    arg: instruction.arg,
                }
            });
        let instructions = instructions.collect();
        let caches = (0..=count).map(|_| Cell::default()).collect();
        (instructions, caches)
    }

    /// Which loads borrow, see [`crate::python::vm::borrow`].
    pub fn borrows(&self) -> &Borrows {
        self.borrows.get_or_init(|| Borrows::of(self))
    }

    /// What an instruction remembers.
    #[inline(always)]
    pub fn cache(&self, instruction: Loaded) -> &Cell<Cache> {
        &self.caches[usize::from(instruction.cache)]
    }

    /// Whether an instruction whose cache did not help looks for something to remember now: after a turn of
    /// warming up, and after some turns once it was wrong.
    #[inline]
    pub fn may_learn(&self, instruction: Loaded) -> bool {
        let cell = &self.caches[usize::from(instruction.cache)];
        let cache = cell.get();
        if cache.backoff == 0 {
            return instruction.cache != 0;
        }
        cell.set(Cache {
            backoff: cache.backoff - 1,
            ..cache
        });
        false
    }

    /// Remembers.
    pub fn learn(&self, instruction: Loaded, cache: Cache) {
        if instruction.cache != 0 {
            self.caches[usize::from(instruction.cache)].set(cache);
        }
    }

    /// The bytes that a frame of this code takes on the data stack.
    #[inline(always)]
    pub fn frame_bytes(&self) -> u64 {
        8 * (u64::from(self.nlocalsplus) + u64::from(self.stacksize))
    }

    /// The line of the instruction at `pc`, 0 when it has none.
    pub fn line(&self, pc: usize) -> u32 {
        self.code
            .positions
            .get(pc)
            .map_or(0, |position| position.line)
    }

    /// Offset in code units of instruction `pc` as CPython numbers them, with caches and extended
    /// arguments.
    pub fn unit_offset(&self, pc: usize) -> usize {
        code::unit_offsets(&self.code).get(pc).copied().unwrap_or(0)
    }
}

/// A compiled text: its code, and the constants that CPython's syntax tree still refers to. The tree lies
/// in an arena that lives until a script, or the text given to `exec` or `eval`, has run; so a constant
/// of such a text counts one reference more while it runs.
pub struct Unit {
    /// The code object.
    pub code: Own,
    /// What the arena holds.
    pub arena: Vec<Own>,
}

impl Unit {
    /// The code alone: the arena is freed, as `compile()` does.
    pub fn into_code(self, vm: &mut Vm) -> Own {
        free_arena(vm, self.arena);
        self.code
    }
}

/// Gives up what an arena holds.
pub fn free_arena(vm: &mut Vm, arena: Vec<Own>) {
    for constant in arena {
        vm.decref(constant);
    }
}

/// Makes the code object of `code` and everything in it. Constants that are equal in type and value are
/// one object in the whole tree, as they are in one compiled file of CPython.
pub fn load(vm: &mut Vm, code: &Arc<Code>) -> PyResult<Unit> {
    let filename = str::new(vm, &code.filename);
    let filename = str::intern_object(vm, filename);
    let mut loader = Loader {
        constants: FxHashMap::default(),
        arena: Vec::new(),
        filename,
    };
    let code = loader.code(vm, code)?;
    vm.decref(loader.filename);
    let mut arena = loader.arena;
    if !vm.profile.tree_holds_folded {
        let is_folded = |constant: &mut Own| {
            matches!(vm.type_of(constant.addr()), types::TUPLE | types::FROZENSET)
        };
        let folded = arena.extract_if(.., is_folded).collect();
        free_arena(vm, folded);
    }
    Ok(Unit { code, arena })
}

/// The object that a constant of the compiler is.
pub fn constant(vm: &mut Vm, constant: &Const) -> PyResult<Own> {
    let mut loader = Loader {
        constants: FxHashMap::default(),
        arena: Vec::new(),
        filename: str::empty(vm),
    };
    let made = loader.constant(vm, constant);
    vm.decref(loader.filename);
    free_arena(vm, loader.arena);
    made
}

struct Loader {
    /// Where in `arena` a constant is.
    constants: FxHashMap<Vec<u8>, usize>,
    arena: Vec<Own>,
    filename: Own,
}

impl Loader {
    fn code(&mut self, vm: &mut Vm, code: &Arc<Code>) -> PyResult<Own> {
        let names: Vec<Addr> = code
            .names
            .iter()
            .map(|name| str::intern_immortal(vm, name))
            .collect();
        let locals: Vec<Addr> = code
            .localsplus
            .iter()
            .map(|(name, _)| str::intern_immortal(vm, name))
            .collect();
        let mut consts = Vec::with_capacity(code.consts.len());
        let listed = code.consts.len() - code.hidden_consts as usize;
        for constant in &code.consts[..listed] {
            consts.push(self.constant(vm, constant)?);
        }
        let consts = tuple::from_owned(vm, consts);
        let names_tuple = tuple::new(vm, &names);
        let locals_tuple = tuple::new(vm, &locals);
        let filename = vm.incref(self.filename.addr());
        code::new(vm, code, consts, names_tuple, locals_tuple, filename)
    }

    fn constant(&mut self, vm: &mut Vm, constant: &Const) -> PyResult<Own> {
        match constant {
            Const::None => return Ok(vm.none()),
            Const::Ellipsis => return Ok(vm.incref(object::ELLIPSIS)),
            Const::Bool(value) => return Ok(vm.bool(*value)),
            Const::Code(code) => return self.code(vm, code),
            _ => {}
        }
        let mut key = Vec::new();
        write_key(constant, &mut key);
        if let Some(known) = self.constants.get(&key) {
            let known = self.arena[*known].addr();
            return Ok(vm.incref(known));
        }
        let made = self.make(vm, constant)?;
        if vm.is_immortal(made.addr()) {
            return Ok(made);
        }
        if let Const::Bytes(_) = constant
            && vm.profile.parser_joins_bytes
        {
            // The parser joins the parts of a bytes literal into a new object, which of one part is that part:
            // the arena has it twice.
            let part = vm.incref(made.addr());
            self.arena.push(part);
        }
        let kept = vm.incref(made.addr());
        self.constants.insert(key, self.arena.len());
        self.arena.push(kept);
        Ok(made)
    }

    fn make(&mut self, vm: &mut Vm, constant: &Const) -> PyResult<Own> {
        Ok(match constant {
            Const::Int(value) => int::from_big(vm, value),
            Const::Float(value) => float::new(vm, *value),
            Const::Complex(re, im) => complex::new(vm, (*re, *im)),
            Const::Str(PyStr::Utf8(text)) => {
                let string = str::new(vm, text);
                if text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                    str::intern_object(vm, string)
                } else {
                    string
                }
            }
            Const::Str(PyStr::CodePoints(points)) => str::from_code_points(vm, points),
            Const::Bytes(value) => bytes::new(vm, value),
            Const::Tuple(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.constant(vm, item)?);
                }
                tuple::from_owned(vm, values)
            }
            Const::FrozenSet(items) => {
                let mut values = Vec::with_capacity(items.len());
                for item in items {
                    values.push(self.constant(vm, item)?);
                }
                let set = frozenset(vm, &values)?;
                for value in values {
                    vm.decref(value);
                }
                set
            }
            Const::None | Const::Ellipsis | Const::Bool(_) | Const::Code(_) => vm.none(),
        })
    }
}

/// A constant `frozenset`. The compiler makes it from the display, and makes it anew from itself when it
/// merges constants; where elements collide, that changes their order.
fn frozenset(vm: &mut Vm, values: &[Own]) -> PyResult<Own> {
    let written: Vec<Addr> = values.iter().map(Own::addr).collect();
    let first = set::new_frozenset(vm, &written)?;
    let order = set::elements(vm, first.addr());
    let merged = set::new_frozenset(vm, &order);
    vm.decref(first);
    merged
}

/// Writes a text that is equal for two constants exactly when they are merged: type and value, floats by
/// their bits.
fn write_key(constant: &Const, key: &mut Vec<u8>) {
    let mut block = |tag: u8, bytes: &[u8]| {
        key.push(tag);
        key.extend((bytes.len() as u64).to_le_bytes());
        key.extend(bytes);
    };
    match constant {
        Const::None => block(0, &[]),
        Const::Ellipsis => block(1, &[]),
        Const::Bool(value) => block(2, &[u8::from(*value)]),
        Const::Int(value) => block(3, &value.to_signed_bytes_le()),
        Const::Float(value) => block(4, &value.to_bits().to_le_bytes()),
        Const::Complex(re, im) => {
            block(
                5,
                &[re.to_bits().to_le_bytes(), im.to_bits().to_le_bytes()].concat(),
            );
        }
        Const::Str(PyStr::Utf8(text)) => block(6, text.as_bytes()),
        Const::Str(PyStr::CodePoints(points)) => {
            let bytes: Vec<u8> = points
                .iter()
                .flat_map(|point| point.to_le_bytes())
                .collect();
            block(7, &bytes);
        }
        Const::Bytes(value) => block(8, value),
        Const::Tuple(items) => {
            block(9, &(items.len() as u64).to_le_bytes());
            for item in items {
                write_key(item, key);
            }
        }
        Const::FrozenSet(items) => {
            // Sets are equal in any order.
            let mut keys: Vec<Vec<u8>> = items
                .iter()
                .map(|item| {
                    let mut key = Vec::new();
                    write_key(item, &mut key);
                    key
                })
                .collect();
            keys.sort();
            keys.dedup();
            block(10, &(keys.len() as u64).to_le_bytes());
            key.extend(keys.concat());
        }
        Const::Code(code) => block(11, &(Arc::as_ptr(code) as usize).to_le_bytes()),
    }
}

impl Vm {
    /// The Rust side of a code object.
    #[inline(always)]
    pub fn program(&self, code: Addr) -> Rc<Program> {
        self.programs[self.word(code, code::INDEX) as usize]
            .clone()
            .expect("a code object has its program until it dies")
    }

    /// [`Vm::program`], borrowed.
    #[inline(always)]
    pub fn program_ref(&self, code: Addr) -> &Program {
        self.programs[self.word(code, code::INDEX) as usize]
            .as_deref()
            .expect("a code object has its program until it dies")
    }

    /// Whether the object is a code object.
    pub fn is_code(&self, object: Addr) -> bool {
        self.type_of(object) == types::CODE
    }
}
