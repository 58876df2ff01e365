//! Calls: plain ones, of methods, through `super()`, and with stars.

use super::collection::Display;
use super::{Compiler, Op, STACK_USE_GUIDELINE};
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::{Scoping, flag};
use std::collections::HashSet;

/// `LoadSuperAttr`'s bits: it loads a method; `super` was called with two arguments.
const SUPER_METHOD: u32 = 1;
const SUPER_TWO_ARGUMENTS: u32 = 2;

impl<'a> Compiler<'a> {
    pub(super) fn call(
        &mut self,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Result<()> {
        self.check_keywords(keywords)?;
        if self.method_call(func, args, keywords, loc)? {
            return Ok(());
        }
        self.warn_of_call(func);
        self.expr(func)?;
        self.op0(Op::PushNull, func.loc);
        self.arguments(0, args, None, keywords, loc)
    }

    fn check_keywords(&mut self, keywords: &[Keyword]) -> Result<()> {
        let mut seen = HashSet::new();
        for keyword in keywords {
            let Some(name) = keyword.arg else { continue };
            self.forbid(name, Ctx::Store, keyword.loc)?;
            if !seen.insert(name) {
                let name = self.names.str(name);
                return self.error(format!("keyword argument repeated: {name}"), keyword.loc);
            }
        }
        Ok(())
    }

    /// `owner.name(…)`: the method is called without being bound first.
    fn method_call(
        &mut self,
        func: &'a Expr,
        args: &'a [Expr],
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Result<bool> {
        let ExprKind::Attribute {
            value: owner,
            attr,
            ctx: Ctx::Load,
        } = &func.kind
        else {
            return Ok(false);
        };
        let count = args.len() + keywords.len() + !keywords.is_empty() as usize;
        let plain = !args
            .iter()
            .any(|arg| matches!(arg.kind, ExprKind::Starred { .. }))
            && keywords.iter().all(|keyword| keyword.arg.is_some());
        if self.is_imported(owner) || count >= STACK_USE_GUIDELINE || !plain {
            return Ok(false);
        }
        let names_loc;
        if let Some(super_args) = self.super_arguments(owner, *attr) {
            self.load_super(owner, super_args)?;
            self.op_super(*attr, true, super_args, func.loc);
            let loc = self.at_attribute(func.loc, func);
            self.op0(Op::Nop, loc);
            names_loc = loc;
        } else {
            self.expr(owner)?;
            let loc = self.at_attribute(func.loc, func);
            self.op_attr(Op::LoadAttr, *attr, true, loc);
            names_loc = loc;
        }
        self.exprs(args)?;
        let call_loc = self.at_attribute(loc, func);
        if keywords.is_empty() {
            self.op(Op::Call, args.len() as u32, call_loc);
        } else {
            self.keyword_values(keywords)?;
            self.keyword_names(keywords, names_loc);
            self.op(Op::CallKw, (args.len() + keywords.len()) as u32, call_loc);
        }
        Ok(true)
    }

    /// A name that the module imports: its attributes are functions of a module, not methods.
    fn is_imported(&self, owner: &Expr) -> bool {
        match owner.kind {
            ExprKind::Name { id, .. } => self.table.scopes[0].symbol(id).flags & flag::IMPORT != 0,
            _ => false,
        }
    }

    fn keyword_values(&mut self, keywords: &'a [Keyword]) -> Result<()> {
        keywords
            .iter()
            .try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn keyword_names(&mut self, keywords: &[Keyword], loc: Loc) {
        let names = keywords
            .iter()
            .filter_map(|keyword| keyword.arg)
            .map(|name| self.text(name))
            .collect();
        self.load_const(Const::Tuple(names), loc);
    }

    /// The arguments of a call, and the call. `pushed` of them, and the function, are on the stack already.
    pub(super) fn arguments(
        &mut self,
        pushed: u32,
        args: &'a [Expr],
        injected: Option<Sym>,
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Result<()> {
        self.check_keywords(keywords)?;
        let starred = args
            .iter()
            .any(|arg| matches!(arg.kind, ExprKind::Starred { .. }))
            || keywords.iter().any(|keyword| keyword.arg.is_none());
        if starred || args.len() + keywords.len() * 2 > STACK_USE_GUIDELINE {
            return self.starred_arguments(pushed, args, injected, keywords, loc);
        }
        self.exprs(args)?;
        if let Some(name) = injected {
            self.load_name(name, loc)?;
        }
        let count = pushed + (args.len() + keywords.len() + injected.is_some() as usize) as u32;
        if keywords.is_empty() {
            self.op(Op::Call, count, loc);
        } else {
            self.keyword_values(keywords)?;
            self.keyword_names(keywords, loc);
            self.op(Op::CallKw, count, loc);
        }
        Ok(())
    }

    /// The arguments as a tuple and a dict.
    fn starred_arguments(
        &mut self,
        pushed: u32,
        args: &'a [Expr],
        injected: Option<Sym>,
        keywords: &'a [Keyword],
        loc: Loc,
    ) -> Result<()> {
        match (pushed, args) {
            (
                0,
                [
                    Expr {
                        kind: ExprKind::Starred { value, .. },
                        ..
                    },
                ],
            ) => self.expr(value)?,
            _ => self.display(Display::Tuple, args, pushed, injected, loc)?,
        }
        let mut have_dict = false;
        let mut first = 0;
        for (index, keyword) in keywords.iter().enumerate() {
            if keyword.arg.is_some() {
                continue;
            }
            if first < index {
                self.keyword_dict(&keywords[first..index], loc)?;
                if std::mem::replace(&mut have_dict, true) {
                    self.op(Op::DictMerge, 1, loc);
                }
            }
            first = index + 1;
            if !std::mem::replace(&mut have_dict, true) {
                self.op(Op::BuildMap, 0, loc);
            }
            self.expr(&keyword.value)?;
            self.op(Op::DictMerge, 1, loc);
        }
        if first < keywords.len() {
            self.keyword_dict(&keywords[first..], loc)?;
            if have_dict {
                self.op(Op::DictMerge, 1, loc);
            }
        }
        self.op(Op::CallFunctionEx, !keywords.is_empty() as u32, loc);
        Ok(())
    }

    fn keyword_dict(&mut self, keywords: &'a [Keyword], loc: Loc) -> Result<()> {
        let big = keywords.len() * 2 > STACK_USE_GUIDELINE;
        if keywords.len() > 1 && !big {
            self.keyword_values(keywords)?;
            self.keyword_names(keywords, loc);
            self.op(Op::BuildConstKeyMap, keywords.len() as u32, loc);
            return Ok(());
        }
        if big {
            self.op(Op::BuildMap, 0, Loc::NONE);
        }
        for keyword in keywords {
            let Some(name) = keyword.arg else { continue };
            let text = self.text(name);
            self.load_const(text, loc);
            self.expr(&keyword.value)?;
            if big {
                self.op(Op::MapAdd, 1, Loc::NONE);
            }
        }
        if !big {
            self.op(Op::BuildMap, keywords.len() as u32, loc);
        }
        Ok(())
    }

    /// The arguments of `super(…)` if that is what the expression calls and the class and `self` are known.
    pub(super) fn super_arguments(&mut self, expr: &'a Expr, attr: Sym) -> Option<&'a [Expr]> {
        let ExprKind::Call {
            func,
            args,
            keywords,
        } = &expr.kind
        else {
            return None;
        };
        let ExprKind::Name { id, .. } = func.kind else {
            return None;
        };
        // `super().__class__` is the type `super`.
        if self.names.str(id) != "super"
            || !keywords.is_empty()
            || self.names.str(attr) == "__class__"
        {
            return None;
        }
        // Only the builtin: no enclosing scope nor the module may bind the name.
        if self.scope().symbol(id).scoping != Scoping::GlobalImplicit
            || self.table.scopes[0].symbol(id).scoping != Scoping::Unknown
        {
            return None;
        }
        match &args[..] {
            [first, second] => {
                let starred = |e: &Expr| matches!(e.kind, ExprKind::Starred { .. });
                (!starred(first) && !starred(second)).then_some(&args[..])
            }
            [] => {
                let class = self.names.intern("__class__");
                let unit = self.unit();
                let has_self = unit.argcount + unit.posonlyargcount > 0;
                (has_self && self.scope().symbol(class).scoping == Scoping::Free)
                    .then_some(&args[..])
            }
            _ => None,
        }
    }

    pub(super) fn load_super(&mut self, call: &'a Expr, args: &'a [Expr]) -> Result<()> {
        let ExprKind::Call { func, .. } = &call.kind else {
            return Ok(());
        };
        self.expr(func)?;
        if !args.is_empty() {
            return self.exprs(args);
        }
        let class = self.names.intern("__class__");
        self.load_name(class, call.loc)?;
        match self.unit().varnames.order.first().copied() {
            Some(first) => self.load_name(first, call.loc),
            None => Ok(()),
        }
    }

    pub(super) fn op_super(&mut self, attr: Sym, method: bool, args: &[Expr], loc: Loc) {
        let attr = self.mangled(attr);
        let index = self.unit().names.add(attr);
        let method = if method { SUPER_METHOD } else { 0 };
        let two = if args.is_empty() {
            0
        } else {
            SUPER_TWO_ARGUMENTS
        };
        self.op(Op::LoadSuperAttr, index << 2 | two | method, loc);
    }

    /// An attribute instruction; only `LoadAttr` has the bit for a method.
    pub(super) fn op_attr(&mut self, op: Op, attr: Sym, method: bool, loc: Loc) {
        let attr = self.mangled(attr);
        let index = self.unit().names.add(attr);
        self.op(
            op,
            if op == Op::LoadAttr {
                index << 1 | method as u32
            } else {
                index
            },
            loc,
        );
    }

    /// In a chain over several lines, an attribute's place starts at its own name.
    pub(super) fn at_attribute(&self, loc: Loc, attribute: &Expr) -> Loc {
        let ExprKind::Attribute { attr, .. } = attribute.kind else {
            return loc;
        };
        let end = attribute.loc;
        if loc.line == end.end_line {
            return loc;
        }
        let mut moved = Loc {
            line: end.end_line,
            ..loc
        };
        let len = self.names.str(attr).chars().count() as i32;
        if len <= end.end_col {
            moved.col = end.end_col - len;
            if moved.end_line <= moved.line {
                moved.end_line = moved.line;
                moved.end_col = moved.end_col.max(moved.col);
            }
        } else {
            moved.col = -1;
            moved.end_col = -1;
        }
        moved
    }
}
