//! How deep the value stack gets where the loop keeps handlers on a stack of blocks: `co_stacksize` in CPython 3.9 and 3.10.
//!
//! Their instructions are those of 3.13 but for a few words: no `NULL` stands beside a callable, `super()` loads neither the
//! class nor `self`, `MAKE_FUNCTION` takes the qualified name from the stack, and a handler finds six words of exceptions,
//! the one that is handled and the one before. So the stack is followed through 3.13's instructions, each word with the
//! number of words that it is there. CPython: Python/compile.c, `stack_effect`, `stackdepth`.

use super::{Code, Const, ExceptionEntry, Op, flags, intrinsic1};
use std::collections::BTreeMap;

/// A word of 3.13's stack: how many it is, and the instruction that pushed it.
#[derive(Clone, Copy)]
struct Word {
    weight: u32,
    from: usize,
}

/// The words of a handled exception and of the one that was handled before.
const EXCEPTION: u32 = 3;

/// `co_stacksize`. `in_graph`: as in 3.10, where a generator begins with a word for what is sent, defaults are folded before
/// the depth is taken, and annotations are pairs of name and value; in 3.9 they are values and a tuple of names.
pub fn old_depth(code: &Code, in_graph: bool) -> u32 {
    let mut walk = Walk {
        code,
        in_graph,
        weights: BTreeMap::new(),
        momentary: BTreeMap::new(),
        tuples: BTreeMap::new(),
        deepest: 0,
    };
    // What an instruction pushes depends on the call that takes it.
    walk.run();
    walk.deepest = 0;
    walk.run();
    walk.deepest
}

struct Walk<'a> {
    code: &'a Code,
    in_graph: bool,
    /// The weight of the word that an instruction pushes last, where it is not the usual one.
    weights: BTreeMap<usize, u32>,
    /// How many words more the stack has while an instruction runs.
    momentary: BTreeMap<usize, u32>,
    /// What a `BUILD_TUPLE` takes: the instructions that pushed it.
    tuples: BTreeMap<usize, Vec<usize>>,
    deepest: u32,
}

impl Walk<'_> {
    fn run(&mut self) {
        let count = self.code.instructions.len();
        let mut seen = vec![false; count];
        let mut open: Vec<(usize, Vec<Word>)> = vec![(0, Vec::new())];
        while let Some((mut at, mut stack)) = open.pop() {
            while at < count && !seen[at] {
                seen[at] = true;
                if let Some(entry) = self.handler(at).cloned() {
                    let target = entry.target as usize;
                    if !seen[target] {
                        open.push((target, self.handled(&entry, &stack)));
                    }
                }
                self.step(at, &mut stack);
                self.note(&stack, 0);
                let instruction = self.code.instructions[at];
                if instruction.op.is_jump() {
                    open.push((instruction.arg as usize, stack.clone()));
                }
                if instruction.op.is_exit() {
                    break;
                }
                at += 1;
            }
        }
    }

    /// Where an exception goes, past what is there for 3.13's loop alone.
    fn handler(&self, at: usize) -> Option<&ExceptionEntry> {
        let mut at = at;
        for _ in 0..=self.code.exception_table.len() {
            let mut table = self.code.exception_table.iter();
            let covers = |entry: &&ExceptionEntry| (entry.start..entry.end).contains(&(at as u32));
            let entry = table.find(covers)?;
            let first = self.code.instructions.get(entry.target as usize)?;
            let raises_again = match first.op {
                Op::Copy if first.arg == 3 => 2,
                Op::CallIntrinsic1 if first.arg == intrinsic1::STOPITERATION_ERROR => 1,
                Op::CleanupThrow => 0,
                _ => return Some(entry),
            };
            let next = entry.target as usize + raises_again;
            at = next;
        }
        None
    }

    fn handled(&mut self, entry: &ExceptionEntry, stack: &[Word]) -> Vec<Word> {
        let from = entry.target as usize;
        let mut stack = stack.to_vec();
        stack.truncate(entry.depth as usize);
        if entry.lasti {
            stack.push(Word { weight: 0, from });
        }
        let weight = 2 * EXCEPTION;
        stack.push(Word { weight, from });
        self.note(&stack, 0);
        stack
    }

    /// The stack is as deep as that, and for a moment `more` words deeper.
    fn note(&mut self, stack: &[Word], more: u32) {
        let depth: u32 = stack.iter().map(|word| word.weight).sum();
        self.deepest = self.deepest.max(depth + more);
    }

    fn step(&mut self, at: usize, stack: &mut Vec<Word>) {
        let instruction = self.code.instructions[at];
        let arg = instruction.arg;
        let known = self.weights.get(&at).copied();
        let second = |usual: u32| Word {
            weight: known.unwrap_or(usual),
            from: at,
        };
        let word = |weight: u32| Word { weight, from: at };
        if let Some(more) = self.momentary.get(&at).copied() {
            self.note(stack, more);
        }
        match instruction.op {
            Op::PushNull => stack.push(second(0)),
            Op::LoadGlobal if arg & 1 != 0 => stack.extend([word(1), word(0)]),
            Op::LoadAttr if arg & 1 != 0 => {
                stack.pop();
                stack.extend([word(1), second(1)]);
            }
            Op::LoadSuperAttr => {
                let taken = stack.split_off(stack.len().saturating_sub(3));
                if arg & 2 == 0 {
                    for loaded in taken.iter().skip(1) {
                        self.weights.insert(loaded.from, 0);
                    }
                }
                stack.push(word(1));
                if arg & 1 != 0 {
                    stack.push(second(1));
                }
            }
            Op::PushExcInfo => {
                stack.pop();
                stack.extend([word(EXCEPTION), second(EXCEPTION)]);
            }
            Op::CheckExcMatch => {
                // The exception's type is there once more, before the types that it is compared with.
                if let [.., exception, _] = stack.as_slice() {
                    self.weights.insert(exception.from, EXCEPTION + 1);
                }
            }
            Op::WithExceptStart => {
                self.note(stack, 1);
                stack.push(word(1));
            }
            Op::MakeFunction | Op::ReturnConst => self.note(stack, 1),
            Op::PopJumpIfNone | Op::PopJumpIfNotNone => {
                self.note(stack, 1);
                stack.pop();
            }
            // `x or y` jumps with `x` or takes it away.
            Op::ToBool => {}
            Op::PopJumpIfTrue | Op::PopJumpIfFalse => {
                if let Some(taken) = stack.pop()
                    && self.code.instructions[taken.from].op == Op::Copy
                    && self.code.instructions[taken.from].arg == 1
                {
                    self.weights.insert(taken.from, 0);
                }
            }
            Op::SetFunctionAttribute => {
                if let Some(function) = stack.pop()
                    && let Some(attribute) = stack.pop()
                {
                    self.attribute(arg, attribute.from);
                    stack.push(function);
                }
            }
            Op::ReturnGenerator => stack.push(word(u32::from(
                self.in_graph && self.code.flags & flags::GENERATOR != 0,
            ))),
            Op::Swap => {
                let top = stack.len().saturating_sub(1);
                let other = stack.len().saturating_sub(arg as usize);
                if other < top {
                    stack.swap(top, other);
                }
            }
            op => {
                if matches!(op, Op::Call | Op::CallKw) {
                    self.call(op, arg as usize, stack);
                }
                let loads = known.unwrap_or(1);
                let (kept, inputs, outputs) = op.operands(arg);
                let taken = stack.split_off(stack.len().saturating_sub(inputs - kept));
                if op == Op::BuildTuple {
                    self.tuples
                        .insert(at, taken.iter().map(|word| word.from).collect());
                }
                stack.extend((kept..outputs).map(|_| word(loads)));
            }
        }
    }

    /// Defaults and annotations before they are given to a function.
    fn attribute(&mut self, kind: u32, from: usize) {
        if self.in_graph {
            return;
        }
        let made = self.code.instructions[from];
        match (kind, made.op) {
            (1, Op::LoadConst) => {
                if let Some(Const::Tuple(items)) = self.code.consts.get(made.arg as usize) {
                    self.momentary.insert(from, items.len() as u32);
                }
            }
            (4, Op::BuildTuple) => {
                self.momentary.insert(from, 1);
                let words = self.tuples.get(&from).cloned().unwrap_or_default();
                for name in words.into_iter().step_by(2) {
                    self.weights.insert(name, 0);
                }
            }
            _ => {}
        }
    }

    /// A call without keywords of an attribute is one of a method, which has its object beside it; one with keywords is not.
    fn call(&mut self, op: Op, arg: usize, stack: &[Word]) {
        let beside = stack
            .len()
            .checked_sub(arg + if op == Op::Call { 1 } else { 2 });
        let Some((beside, callable)) = beside
            .and_then(|beside| Some((stack.get(beside)?, stack.get(beside.checked_sub(1)?)?)))
        else {
            return;
        };
        let load = self.code.instructions[beside.from].op;
        match op {
            Op::Call
                if load == Op::PushNull
                    && self.code.instructions[callable.from].op == Op::LoadAttr =>
            {
                self.weights.insert(beside.from, 1);
            }
            Op::CallKw if matches!(load, Op::LoadAttr | Op::LoadSuperAttr) => {
                self.weights.insert(beside.from, 0);
            }
            _ => {}
        }
    }
}
