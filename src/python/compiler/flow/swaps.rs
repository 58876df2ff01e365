//! Runs of `SWAP`: shortened, or done while compiling by exchanging the stores behind them.

use super::{BlockId, Graph, Instr, IrOp};
use crate::python::code::Op;

/// An instruction whose exchange with another of its kind a `SWAP` in front makes up for.
fn is_swappable(instr: &Instr) -> bool {
    matches!(
        instr.op,
        IrOp::Real(Op::StoreFast | Op::PopTop) | IrOp::StoreFastMaybeNull
    )
}

fn stores_to(instr: &Instr) -> Option<u32> {
    matches!(
        instr.op,
        IrOp::Real(Op::StoreFast) | IrOp::StoreFastMaybeNull
    )
    .then_some(instr.arg)
}

fn next_swappable(instrs: &[Instr], from: usize, line: Option<i32>) -> Option<usize> {
    for (index, instr) in instrs.iter().enumerate().skip(from + 1) {
        if line.is_some_and(|line| line >= 0 && instr.loc.line != line) {
            return None;
        }
        if !instr.is(Op::Nop) {
            return is_swappable(instr).then_some(index);
        }
    }
    None
}

impl Graph {
    /// Replaces the run of swaps at `start` by the shortest one of the same effect; gives its last index.
    pub(super) fn shorten_swaps(&mut self, block: BlockId, start: usize) -> usize {
        let Some(run) = self.blocks[block].instrs.get_mut(start..) else {
            return start;
        };
        let len = run
            .iter()
            .position(|i| !i.is(Op::Swap) && !i.is(Op::Nop))
            .unwrap_or(run.len());
        let run = &mut run[..len];
        if run.iter().filter(|i| i.is(Op::Swap)).count() < 2 {
            return start;
        }
        let depth = run
            .iter()
            .filter(|i| i.is(Op::Swap))
            .map(|i| i.arg as usize)
            .max()
            .unwrap_or(0);
        let mut stack: Vec<Option<usize>> = (0..depth).map(Some).collect();
        for instr in run.iter().filter(|i| i.is(Op::Swap) && i.arg > 0) {
            stack.swap(0, instr.arg as usize - 1);
        }
        // Following each cycle of the permutation and writing the swaps from the end undoes the shuffle
        // backwards, which is the shuffle.
        let mut end = len;
        for item in 0..depth {
            if stack[item].is_none_or(|to| to == item) {
                continue;
            }
            let mut at = item;
            loop {
                if at != 0 && end > 0 {
                    end -= 1;
                    run[end].set(Op::Swap, at as u32 + 1);
                }
                match stack[at].take() {
                    Some(next) => at = next,
                    None => break,
                }
            }
        }
        run[..end].iter_mut().for_each(Instr::set_nop);
        start + len - 1
    }

    /// `SWAP 2; STORE a; STORE b` is `STORE b; STORE a`, if neither stores where the other does.
    pub(super) fn apply_static_swaps(&mut self, block: BlockId, from: usize) {
        let instrs = &mut self.blocks[block].instrs;
        for index in (0..=from).rev() {
            let Some(&swap) = instrs.get(index) else {
                return;
            };
            if !swap.is(Op::Swap) {
                if swap.is(Op::Nop) || is_swappable(&swap) {
                    continue;
                }
                return;
            }
            let Some(first) = next_swappable(instrs, index, None) else {
                return;
            };
            let line = instrs[first].loc.line;
            let mut second = first;
            for _ in 1..swap.arg {
                match next_swappable(instrs, second, Some(line)) {
                    Some(next) => second = next,
                    None => return,
                }
            }
            let (a, b) = (stores_to(&instrs[first]), stores_to(&instrs[second]));
            if (a.is_some() || b.is_some())
                && (a == b
                    || instrs[first + 1..second]
                        .iter()
                        .filter_map(stores_to)
                        .any(|s| Some(s) == a || Some(s) == b))
            {
                return;
            }
            instrs[index].set_nop();
            instrs.swap(first, second);
        }
    }
}
