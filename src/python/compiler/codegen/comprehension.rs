//! Comprehensions: inlined into the code around them (PEP 709), or as functions of their own.

use super::unit::{FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::{Scoping, Symbol, flag};

/// What an inlined comprehension has changed and puts back.
struct Inlined {
    /// Variables whose outer value is on the stack meanwhile.
    pushed: Vec<Sym>,
    /// Symbols that mean something else inside.
    symbols: Vec<(Sym, Symbol)>,
    /// Names that are fast locals only inside.
    hidden: Vec<Sym>,
    cleanup: Label,
    end: Label,
}

/// Where the first clause of a comprehension finds what it goes over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outermost {
    /// In the parameter `.0`.
    Parameter,
    /// On the stack.
    Stack,
    /// On the stack, and iterated already.
    Preamble,
}

impl<'a> Compiler<'a> {
    pub(super) fn comprehension(&mut self, comp: &'a Comp, loc: Loc) -> Result<()> {
        let scope = self.table.index(comp.scope);
        let Some(outermost) = comp.generators.first() else {
            return Ok(());
        };
        let is_generator = comp.kind == CompKind::Generator;
        let is_async = self.table.scopes[scope].coroutine;
        let outer_kind = self.unit().kind;
        let inlined = self.table.scopes[scope].comp_inlined;
        if is_async
            && !is_generator
            && !matches!(
                outer_kind,
                UnitKind::AsyncFunction | UnitKind::Comprehension
            )
        {
            return self.error(
                "asynchronous comprehension outside of an asynchronous function",
                loc,
            );
        }
        let mut state = None;
        let mut place = Outermost::Parameter;
        let mut stop_iteration = None;
        if inlined {
            place = Outermost::Stack;
            self.outermost(outermost)?;
            state = Some(self.push_inlined(scope, loc));
        } else {
            let name = self.names.intern(comp.kind.scope_name());
            self.enter(name, UnitKind::Comprehension, scope, loc.line);
            if is_generator && self.has_pairs() && !outermost.is_async {
                place = Outermost::Preamble;
                stop_iteration = Some(self.iterating_preamble(outermost.iter.loc, loc));
            }
        }
        match comp.kind {
            CompKind::Generator => {}
            CompKind::List => self.op(Op::BuildList, 0, loc),
            CompKind::Set => self.op(Op::BuildSet, 0, loc),
            CompKind::Dict => self.op(Op::BuildMap, 0, loc),
        }
        if !is_generator && inlined {
            self.op(Op::Swap, 2, loc);
        }
        self.clause(comp, 0, 0, place, loc)?;
        if let Some(state) = state {
            self.pop_inlined(state, loc);
            return Ok(());
        }
        if let Some(handler) = stop_iteration {
            self.stop_iteration_handler(handler);
        } else if is_generator {
            self.wrap_stop_iteration();
        } else {
            self.op0(Op::ReturnValue, comp.elt.loc);
        }
        let code = self.leave(true);
        self.closure(code, 0, loc);
        self.outermost(outermost)?;
        self.op(Op::Call, 0, loc);
        if is_async && !is_generator {
            self.await_value(0, loc);
        }
        Ok(())
    }

    /// What a comprehension is called with: an iterator, in 3.15 what is iterated.
    fn outermost(&mut self, clause: &'a Comprehension) -> Result<()> {
        if self.has_pairs() && !clause.is_async {
            return self.expr(&clause.iter);
        }
        self.iterate(clause)
    }

    /// What a generator expression of 3.15 does before there is a generator: it iterates its parameter, so that what
    /// cannot be iterated fails at once (gh-143493). The generator starts with the two words on its stack.
    fn iterating_preamble(&mut self, iter: Loc, loc: Loc) -> Label {
        let handler = self.label();
        let resume = self.unit().sequence.instructions.pop();
        self.unit().argcount = 1;
        self.op(Op::LoadFast, 0, loc);
        self.get_iter(iter);
        self.op0(Op::ReturnGenerator, loc);
        self.op0(Op::PopTop, loc);
        self.jump(IrOp::SetupCleanup, handler, Loc::NONE);
        self.unit().sequence.instructions.extend(resume);
        handler
    }

    fn iterate(&mut self, clause: &'a Comprehension) -> Result<()> {
        self.expr(&clause.iter)?;
        if clause.is_async {
            self.op0(Op::GetAiter, clause.iter.loc);
        } else {
            self.get_iter(clause.iter.loc);
        }
        Ok(())
    }

    /// One `for` clause and everything inside it. `depth` counts the iterators between the result and the top.
    fn clause(
        &mut self,
        comp: &'a Comp,
        index: usize,
        depth: u32,
        place: Outermost,
        loc: Loc,
    ) -> Result<()> {
        let Some(clause) = comp.generators.get(index) else {
            return Ok(());
        };
        if clause.is_async {
            return self.async_clause(comp, index, depth, place, loc);
        }
        let (start, if_cleanup, anchor) = (self.label(), self.label(), self.label());
        let mut loops = true;
        if place == Outermost::Parameter {
            if index == 0 {
                self.unit().argcount = 1;
                self.op(Op::LoadFast, 0, loc);
            } else if let Some(value) = single_value(&clause.iter) {
                // `for y in [f(x)]` is an assignment.
                self.expr(value)?;
                loops = false;
            } else {
                self.iterate(clause)?;
            }
        }
        let mut depth = depth;
        if loops {
            if index == 0 && self.has_pairs() && place != Outermost::Preamble {
                self.get_iter(clause.iter.loc);
            }
            depth += 1 + u32::from(self.has_pairs());
            self.place(start);
            self.for_iter(anchor, clause.iter.loc);
        }
        self.expr(&clause.target)?;
        let element_loc = self.clause_body(comp, index, depth, if_cleanup, loc)?;
        self.place(if_cleanup);
        if loops {
            self.jump(IrOp::Jump, start, element_loc);
            self.place(anchor);
            self.end_for();
        }
        Ok(())
    }

    fn async_clause(
        &mut self,
        comp: &'a Comp,
        index: usize,
        depth: u32,
        place: Outermost,
        loc: Loc,
    ) -> Result<()> {
        let Some(clause) = comp.generators.get(index) else {
            return Ok(());
        };
        let (start, except, if_cleanup) = (self.label(), self.label(), self.label());
        if place == Outermost::Parameter {
            if index == 0 {
                self.unit().argcount = 1;
                self.op(Op::LoadFast, 0, loc);
            } else {
                self.iterate(clause)?;
            }
        }
        self.place(start);
        self.push_block(
            FBlockKind::AsyncComprehensionGenerator,
            start,
            Label(u32::MAX),
            loc,
        )?;
        self.jump(IrOp::SetupFinally, except, loc);
        self.op0(Op::GetAnext, loc);
        self.load_none(loc);
        self.yield_from(true, loc);
        self.emit(IrOp::PopBlock, 0, loc);
        self.expr(&clause.target)?;
        let element_loc = self.clause_body(comp, index, depth + 1, if_cleanup, loc)?;
        self.place(if_cleanup);
        self.jump(IrOp::Jump, start, element_loc);
        self.pop_block();
        self.place(except);
        self.op0(Op::EndAsyncFor, loc);
        Ok(())
    }

    /// The conditions, then the next clause or the element; gives the element's place.
    fn clause_body(
        &mut self,
        comp: &'a Comp,
        index: usize,
        depth: u32,
        if_cleanup: Label,
        loc: Loc,
    ) -> Result<Loc> {
        for test in &comp.generators[index].ifs {
            self.jump_if(test, if_cleanup, false)?;
        }
        let mut element_loc = comp.elt.loc;
        if index + 1 < comp.generators.len() {
            self.clause(comp, index + 1, depth, Outermost::Parameter, loc)?;
            return Ok(element_loc);
        }
        self.expr(&comp.elt)?;
        match comp.kind {
            CompKind::Generator => {
                self.yield_value(element_loc);
                self.op0(Op::PopTop, element_loc);
            }
            CompKind::List => self.op(Op::ListAppend, depth + 1, element_loc),
            CompKind::Set => self.op(Op::SetAdd, depth + 1, element_loc),
            CompKind::Dict => {
                if let Some(value) = &comp.value {
                    self.expr(value)?;
                    element_loc.end_line = value.loc.end_line;
                    element_loc.end_col = value.loc.end_col;
                }
                self.op(Op::MapAdd, depth + 1, element_loc);
            }
        }
        Ok(element_loc)
    }

    /// Makes the comprehension's variables variables of the code around it; what they hid goes onto the stack.
    fn push_inlined(&mut self, scope: usize, loc: Loc) -> Inlined {
        let in_class = self.is_class() && self.unit().inlined == 0;
        let function_like = self.is_function_like();
        self.unit().inlined += 1;
        let mut state = Inlined {
            pushed: Vec::new(),
            symbols: Vec::new(),
            hidden: Vec::new(),
            cleanup: Label(u32::MAX),
            end: Label(u32::MAX),
        };
        let outer_scope = self.unit().scope;
        let symbols: Vec<(Sym, Symbol)> = self.table.scopes[scope].symbols.iter().collect();
        for (name, symbol) in symbols {
            let bound = symbol.flags & flag::LOCAL != 0 && symbol.flags & flag::NONLOCAL == 0;
            if (bound || in_class)
                && !function_like
                && self.unit().fast_hidden.insert(name, true) != Some(true)
            {
                state.hidden.push(name);
            }
            let outer = self.table.scopes[outer_scope].symbol(name);
            let (inside, outside) = (symbol.scoping, outer.scoping);
            let differs = inside != outside
                && inside != Scoping::Free
                && !(inside == Scoping::Cell && outside == Scoping::Free);
            if differs || in_class {
                state.symbols.push((name, outer));
                *self.table.scopes[outer_scope].symbols.entry(name) = symbol;
            }
            if bound || in_class {
                let index = self.unit().varnames.add(name);
                self.op(Op::LoadFastAndClear, index, loc);
                if inside == Scoping::Cell {
                    let index = self.deref_index(
                        name,
                        if outside == Scoping::Free {
                            Scoping::Free
                        } else {
                            Scoping::Cell
                        },
                    );
                    self.op(Op::MakeCell, index, loc);
                }
                state.pushed.push(name);
            }
        }
        if !state.pushed.is_empty() {
            self.op(Op::Swap, state.pushed.len() as u32 + 1, loc);
            state.cleanup = self.label();
            state.end = self.label();
            self.jump(IrOp::SetupFinally, state.cleanup, loc);
        }
        state
    }

    fn pop_inlined(&mut self, state: Inlined, loc: Loc) {
        self.unit().inlined -= 1;
        if !state.pushed.is_empty() {
            self.emit(IrOp::PopBlock, 0, Loc::NONE);
            self.jump(IrOp::JumpNoInterrupt, state.end, Loc::NONE);
            self.place(state.cleanup);
            self.op(Op::Swap, 2, Loc::NONE);
            self.op0(Op::PopTop, Loc::NONE);
            self.restore_locals(&state.pushed, loc);
            self.op(Op::Reraise, 0, Loc::NONE);
            self.place(state.end);
            self.restore_locals(&state.pushed, loc);
        }
        let scope = self.unit().scope;
        for (name, symbol) in state.symbols {
            *self.table.scopes[scope].symbols.entry(name) = symbol;
        }
        for name in state.hidden {
            self.unit().fast_hidden.insert(name, false);
        }
    }

    fn restore_locals(&mut self, pushed: &[Sym], loc: Loc) {
        self.op(Op::Swap, pushed.len() as u32 + 1, loc);
        for &name in pushed.iter().rev() {
            let index = self.unit().varnames.add(name);
            self.emit(IrOp::StoreFastMaybeNull, index, loc);
        }
    }
}

/// The value of a list or tuple of one, which need not be built to be iterated.
fn single_value(iter: &Expr) -> Option<&Expr> {
    match &iter.kind {
        ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => match &elts[..] {
            [only] if !matches!(only.kind, ExprKind::Starred { .. }) => Some(only),
            _ => None,
        },
        _ => None,
    }
}
