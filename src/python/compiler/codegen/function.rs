//! Functions and lambdas: defaults, annotations, the body, and the closure around it.

use super::unit::{FBlockKind, UnitKind};
use super::{Compiler, IrOp, Op, docstring};
use crate::python::code::{Code, Const, intrinsic1, intrinsic2};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use crate::python::compiler::ir::Label;
use crate::python::compiler::names::Sym;
use crate::python::compiler::symtable::Scoping;
use std::sync::Arc;

/// What `SetFunctionAttribute` sets.
const DEFAULTS: u32 = 1;
const KW_DEFAULTS: u32 = 2;
const ANNOTATIONS: u32 = 4;
const CLOSURE: u32 = 8;
const ANNOTATE: u32 = 16;

impl<'a> Compiler<'a> {
    pub(super) fn function(&mut self, def: &'a FunctionDef, loc: Loc) -> Result<()> {
        self.exprs(&def.decorators)?;
        let first_line = def
            .decorators
            .first()
            .map_or(loc.line, |first| first.loc.line);
        let mut flags = self.defaults(&def.args, loc)?;
        let generic = !def.type_params.is_empty();
        let given = (flags & (DEFAULTS | KW_DEFAULTS)).count_ones();
        if generic {
            if given == 2 {
                self.op(Op::Swap, 2, loc);
            }
            self.enter_type_params(def.name, def.type_scope, first_line);
            self.type_params(&def.type_params)?;
            (0..given).for_each(|index| self.op(Op::LoadFast, index, loc));
        }
        if self.annotations_are_deferred() {
            flags |= ANNOTATE * u32::from(self.deferred_annotations(def, loc)?);
        } else {
            flags |= self.annotations(&def.args, def.returns.as_ref(), loc)?;
        }
        self.function_body(def, flags, first_line, loc)?;
        if generic {
            self.op(Op::Swap, 2, loc);
            self.op(
                Op::CallIntrinsic2,
                intrinsic2::SET_FUNCTION_TYPE_PARAMS,
                loc,
            );
            self.unit().argcount = given;
            let code = self.leave(false);
            self.closure(code, 0, loc);
            if given > 0 {
                self.op(Op::Swap, given + 1, loc);
                self.op(Op::Call, given - 1, loc);
            } else {
                self.op0(Op::PushNull, loc);
                self.op(Op::Call, 0, loc);
            }
        }
        self.decorate(&def.decorators);
        self.store_name(def.name, loc)
    }

    pub(super) fn decorate(&mut self, decorators: &[Expr]) {
        decorators
            .iter()
            .rev()
            .for_each(|decorator| self.op(Op::Call, 0, decorator.loc));
    }

    fn function_body(
        &mut self,
        def: &'a FunctionDef,
        flags: u32,
        first_line: i32,
        loc: Loc,
    ) -> Result<()> {
        let kind = if def.is_async {
            UnitKind::AsyncFunction
        } else {
            UnitKind::Function
        };
        let scope = self.table.index(def.scope);
        self.enter(def.name, kind, scope, first_line);
        let doc = docstring::of(&def.body);
        match doc {
            Some((text, _)) if self.options.optimize < 2 => {
                self.unit().has_doc = true;
                self.unit().consts.add(Const::Str(docstring::clean(text)));
            }
            _ => self.no_docstring(),
        }
        self.count_arguments(&def.args)?;
        let start = self.label();
        self.place(start);
        let scope = self.scope();
        let guarded = scope.generator || scope.coroutine;
        if guarded {
            self.push_block(FBlockKind::StopIteration, start, Label(u32::MAX), Loc::NONE)?;
        }
        self.stmts(&def.body[doc.is_some() as usize..])?;
        if guarded {
            self.wrap_stop_iteration();
            self.pop_block();
        }
        let code = self.leave(true);
        self.closure(code, flags, loc);
        Ok(())
    }

    /// Where the first constant is taken for a docstring, it is `None`.
    pub(super) fn no_docstring(&mut self) {
        if !self.folds_late() {
            self.unit().consts.add(Const::None);
        }
    }

    /// A `StopIteration` that leaves a generator becomes a `RuntimeError`.
    pub(super) fn wrap_stop_iteration(&mut self) {
        let handler = self.label();
        self.unit()
            .sequence
            .push_front(IrOp::SetupCleanup, handler.0, Loc::NONE);
        self.stop_iteration_handler(handler);
    }

    /// The end of a generator, and the handler that guarded it.
    pub(super) fn stop_iteration_handler(&mut self, handler: Label) {
        self.load_none(Loc::NONE);
        self.op0(Op::ReturnValue, Loc::NONE);
        self.place(handler);
        self.op(
            Op::CallIntrinsic1,
            intrinsic1::STOPITERATION_ERROR,
            Loc::NONE,
        );
        self.op(Op::Reraise, 1, Loc::NONE);
    }

    fn count_arguments(&mut self, args: &Arguments) -> Result<()> {
        for arg in args
            .posonly
            .iter()
            .chain(&args.args)
            .chain(&args.kwonly)
            .chain(&args.vararg)
            .chain(&args.kwarg)
        {
            self.forbid(arg.name, Ctx::Store, arg.loc)?;
        }
        let unit = self.unit();
        unit.argcount = args.args.len() as u32;
        unit.posonlyargcount = args.posonly.len() as u32;
        unit.kwonlyargcount = args.kwonly.len() as u32;
        Ok(())
    }

    pub(super) fn lambda(
        &mut self,
        scope: ScopeId,
        args: &'a Arguments,
        body: &'a Expr,
        loc: Loc,
    ) -> Result<()> {
        let flags = self.defaults(args, loc)?;
        let name = self.names.intern("<lambda>");
        let scope = self.table.index(scope);
        self.enter(name, UnitKind::Lambda, scope, loc.line);
        self.no_docstring();
        self.count_arguments(args)?;
        self.expr(body)?;
        let code = if self.scope().generator {
            self.leave(false)
        } else {
            self.op0(Op::ReturnValue, body.loc);
            self.leave(true)
        };
        self.closure(code, flags, loc);
        Ok(())
    }

    /// Evaluates the defaults; says which there are.
    fn defaults(&mut self, args: &'a Arguments, loc: Loc) -> Result<u32> {
        let mut flags = 0;
        if !args.defaults.is_empty() {
            flags |= DEFAULTS;
            self.exprs(&args.defaults)?;
            self.op(Op::BuildTuple, args.defaults.len() as u32, loc);
        }
        let mut keys = Vec::new();
        for (arg, default) in args.kwonly.iter().zip(&args.kw_defaults) {
            if let Some(default) = default {
                let name = self.mangled(arg.name);
                keys.push(self.text(name));
                self.expr(default)?;
            }
        }
        if !keys.is_empty() {
            flags |= KW_DEFAULTS;
            let count = keys.len() as u32;
            self.load_const(Const::Tuple(keys), loc);
            self.op(Op::BuildConstKeyMap, count, loc);
        }
        Ok(flags)
    }

    /// Evaluates the annotations; says whether there are any.
    fn annotations(
        &mut self,
        args: &'a Arguments,
        returns: Option<&'a Expr>,
        loc: Loc,
    ) -> Result<u32> {
        let count = self.named_annotations(args, returns, loc)?;
        if count > 0 {
            self.op(Op::BuildTuple, count, loc);
            return Ok(ANNOTATIONS);
        }
        Ok(0)
    }

    /// Names and values of the annotations on the stack; gives how many words.
    pub(super) fn named_annotations(
        &mut self,
        args: &'a Arguments,
        returns: Option<&'a Expr>,
        loc: Loc,
    ) -> Result<u32> {
        let mut count = 0;
        let all = args
            .args
            .iter()
            .chain(&args.posonly)
            .chain(&args.vararg)
            .chain(&args.kwonly)
            .chain(&args.kwarg);
        let name_of_returns = self.names.intern("return");
        let all = all
            .map(|arg| (arg.name, arg.annotation.as_ref()))
            .chain([(name_of_returns, returns)]);
        for (name, annotation) in all {
            let Some(annotation) = annotation else {
                continue;
            };
            count += 2;
            let name = self.mangled(name);
            let text = self.text(name);
            self.load_const(text, loc);
            match &annotation.kind {
                // `*args: *Ts`
                ExprKind::Starred { value, .. } if !self.future.annotations => {
                    self.expr(value)?;
                    self.op(Op::UnpackSequence, 1, loc);
                }
                _ => self.annotation(annotation)?,
            }
        }
        Ok(count)
    }

    /// Makes a function of a code object; what `flags` name is on the stack.
    pub(super) fn closure(&mut self, code: Arc<Code>, flags: u32, loc: Loc) {
        let mut flags = flags;
        let free: Vec<Sym> = code
            .localsplus
            .iter()
            .filter(|(_, kind)| kind.free)
            .map(|(name, _)| self.names.intern(name))
            .collect();
        if !free.is_empty() {
            for &name in &free {
                let index = self.closure_index(name);
                self.emit(IrOp::LoadClosure, index, loc);
            }
            self.op(Op::BuildTuple, free.len() as u32, loc);
            flags |= CLOSURE;
        }
        self.load_const(Const::Code(code), loc);
        self.op0(Op::MakeFunction, loc);
        for bit in [CLOSURE, ANNOTATE, ANNOTATIONS, KW_DEFAULTS, DEFAULTS] {
            if flags & bit != 0 {
                self.op(Op::SetFunctionAttribute, bit, loc);
            }
        }
    }

    fn closure_index(&mut self, name: Sym) -> u32 {
        let text = self.names.str(name);
        let implicit = self.is_class() && matches!(text, "__class__" | "__classdict__");
        let scoping = if implicit {
            Scoping::Cell
        } else {
            self.scope().symbol(name).scoping
        };
        self.deref_index(name, scoping)
    }
}
