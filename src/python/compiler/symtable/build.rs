//! Noting how names are used: the walk over the tree.

use super::{Annotations, BlockKind, Scope, SymbolTable, Symbols, flag};
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::{Fail, Result};
use crate::python::compiler::names::{Names, Sym};

/// The set of the numbers of the annotations that were reached.
const CONDITIONS: &str = "__conditional_annotations__";

struct Builder<'a> {
    table: SymbolTable,
    names: &'a mut Names,
    /// The scopes around the current place, innermost last.
    stack: Vec<usize>,
    /// The class whose private names are mangled.
    private: Option<Sym>,
    annotations: Annotations,
}

pub(super) fn build(
    module: &Module,
    names: &mut Names,
    scope_ids: ScopeId,
    annotations: Annotations,
) -> Result<SymbolTable> {
    let table = SymbolTable {
        scopes: Vec::new(),
        by_id: vec![0; scope_ids as usize],
    };
    let mut builder = Builder {
        table,
        names,
        stack: Vec::new(),
        private: None,
        annotations,
    };
    let top = builder.names.intern("top");
    builder.enter(0, BlockKind::Module, top, Loc::line(0));
    match module {
        Module::Statements(body) => {
            if body.iter().any(Stmt::has_annotations) {
                builder.remember_conditions()?;
            }
            builder.stmts(body)?;
        }
        Module::Expression(expr) => builder.expr(expr)?,
    }
    Ok(builder.table)
}

impl Builder<'_> {
    fn current(&mut self) -> &mut Scope {
        let index = self.stack.last().copied().unwrap_or(0);
        &mut self.table.scopes[index]
    }

    fn enter(&mut self, id: ScopeId, kind: BlockKind, name: Sym, loc: Loc) {
        let index = self.table.scopes.len();
        let nested = self.stack.last().is_some_and(|&outer| {
            let outer = &self.table.scopes[outer];
            outer.nested || outer.is_function_like()
        });
        if let Some(&outer) = self.stack.last()
            && kind != BlockKind::Annotation
        {
            self.table.scopes[outer].children.push(index);
        }
        self.table.scopes.push(Scope {
            kind,
            name,
            symbols: Symbols::default(),
            varnames: Vec::new(),
            annotations: None,
            children: Vec::new(),
            nested,
            generator: false,
            coroutine: false,
            comprehension: None,
            varargs: false,
            varkeywords: false,
            needs_class_closure: false,
            needs_classdict: false,
            comp_inlined: false,
            can_see_class_scope: false,
            loc,
            comp_iter_target: false,
            comp_iter_expr: 0,
            info: "",
            directives: Vec::new(),
        });
        if kind != BlockKind::Annotation
            && let Some(slot) = self.table.by_id.get_mut(id as usize)
        {
            *slot = index;
        }
        self.stack.push(index);
    }

    fn exit(&mut self) {
        self.stack.pop();
    }

    fn add(&mut self, name: Sym, flags: u32, loc: Loc) -> Result<()> {
        let current = self.stack.last().copied().unwrap_or(0);
        self.add_to(current, name, flags, loc)
    }

    fn add_to(&mut self, scope: usize, name: Sym, flags: u32, loc: Loc) -> Result<()> {
        let mangled = self.names.mangle(self.private, name);
        let scope = &mut self.table.scopes[scope];
        let comp_iter_target = scope.comp_iter_target;
        let symbol = scope.symbols.entry(mangled);
        if flags & flag::PARAM != 0 && symbol.flags & flag::PARAM != 0 {
            let text = self.names.str(name);
            return Err(Fail::syntax(
                format!("duplicate argument '{text}' in function definition"),
                loc,
            ));
        }
        if flags & flag::TYPE_PARAM != 0 && symbol.flags & flag::TYPE_PARAM != 0 {
            let text = self.names.str(name);
            return Err(Fail::syntax(
                format!("duplicate type parameter '{text}'"),
                loc,
            ));
        }
        symbol.flags |= flags;
        if comp_iter_target {
            // A target that is global or nonlocal outside stays so: only `[… for x in …]` binds here.
            if symbol.flags & (flag::GLOBAL | flag::NONLOCAL) != 0 {
                let text = self.names.str(name);
                let message = format!(
                    "comprehension inner loop cannot rebind assignment expression target '{text}'"
                );
                return Err(Fail::syntax(message, loc));
            }
            symbol.flags |= flag::COMP_ITER;
        }
        if flags & flag::PARAM != 0 {
            scope.varnames.push(mangled);
        } else if flags & flag::GLOBAL != 0 {
            // The module's code, too, treats the name as global from now on.
            self.table.scopes[0].symbols.entry(mangled).flags |= flags;
        }
        Ok(())
    }

    fn flags(&mut self, name: Sym) -> u32 {
        let mangled = self.names.mangle(self.private, name);
        self.current().symbol(mangled).flags
    }

    fn add_text(&mut self, name: &str, flags: u32, loc: Loc) -> Result<()> {
        let name = self.names.intern(name);
        self.add(name, flags, loc)
    }

    fn stmts(&mut self, stmts: &[Stmt]) -> Result<()> {
        stmts.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn exprs(&mut self, exprs: &[Expr]) -> Result<()> {
        exprs.iter().try_for_each(|expr| self.expr(expr))
    }

    fn maybe(&mut self, expr: Option<&Expr>) -> Result<()> {
        expr.map_or(Ok(()), |expr| self.expr(expr))
    }

    fn keywords(&mut self, keywords: &[Keyword]) -> Result<()> {
        keywords
            .iter()
            .try_for_each(|keyword| self.expr(&keyword.value))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<()> {
        let loc = stmt.loc;
        match &stmt.kind {
            StmtKind::FunctionDef(def) => self.function(def, loc)?,
            StmtKind::ClassDef(def) => self.class(def, loc)?,
            StmtKind::Return(value) => self.maybe(value.as_deref())?,
            StmtKind::Delete(targets) => self.exprs(targets)?,
            StmtKind::Assign { targets, value } => {
                self.exprs(targets)?;
                self.expr(value)?;
            }
            StmtKind::TypeAlias {
                scope,
                type_scope,
                name,
                type_params,
                value,
            } => {
                self.type_alias(*scope, *type_scope, name, type_params, value, loc)?;
            }
            StmtKind::AugAssign { target, value, .. } => {
                self.expr(target)?;
                self.expr(value)?;
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                self.annotated(target, annotation, value.as_deref(), *simple, loc)?;
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                ..
            } => {
                self.expr(target)?;
                self.expr(iter)?;
                self.stmts(body)?;
                self.stmts(orelse)?;
            }
            StmtKind::While { test, body, orelse } | StmtKind::If { test, body, orelse } => {
                self.expr(test)?;
                self.stmts(body)?;
                self.stmts(orelse)?;
            }
            StmtKind::With { items, body, .. } => {
                for item in items {
                    self.expr(&item.context)?;
                    self.maybe(item.vars.as_ref())?;
                }
                self.stmts(body)?;
            }
            StmtKind::Match { subject, cases } => {
                self.expr(subject)?;
                for case in cases {
                    self.pattern(&case.pattern)?;
                    self.maybe(case.guard.as_ref())?;
                    self.stmts(&case.body)?;
                }
            }
            StmtKind::Raise { exc, cause } => {
                self.maybe(exc.as_deref())?;
                self.maybe(cause.as_deref())?;
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                ..
            } => {
                self.stmts(body)?;
                for handler in handlers {
                    self.maybe(handler.type_.as_ref())?;
                    if let Some(name) = handler.name {
                        self.add(name, flag::LOCAL, handler.loc)?;
                    }
                    self.stmts(&handler.body)?;
                }
                self.stmts(orelse)?;
                self.stmts(finalbody)?;
            }
            StmtKind::Assert { test, msg } => {
                self.expr(test)?;
                self.maybe(msg.as_deref())?;
            }
            StmtKind::Import(names) | StmtKind::ImportFrom { names, .. } => {
                names.iter().try_for_each(|alias| self.alias(alias))?;
            }
            StmtKind::Global(names) => self.directive(names, flag::GLOBAL, "global", loc)?,
            StmtKind::Nonlocal(names) => self.directive(names, flag::NONLOCAL, "nonlocal", loc)?,
            StmtKind::Expr(value) => self.expr(value)?,
            StmtKind::Pass | StmtKind::Break | StmtKind::Continue => {}
        }
        Ok(())
    }

    fn directive(&mut self, names: &[Sym], flags: u32, word: &str, loc: Loc) -> Result<()> {
        for &name in names {
            let before = self.flags(name);
            let text = self.names.text(name);
            let message = if before & flag::PARAM != 0 {
                format!("name '{text}' is parameter and {word}")
            } else if before & flag::USE != 0 {
                format!("name '{text}' is used prior to {word} declaration")
            } else if before & flag::ANNOT != 0 {
                format!("annotated name '{text}' can't be {word}")
            } else if before & flag::LOCAL != 0 {
                format!("name '{text}' is assigned to before {word} declaration")
            } else {
                self.add(name, flags, loc)?;
                let mangled = self.names.mangle(self.private, name);
                self.current().directives.push((mangled, loc));
                continue;
            };
            return Err(Fail::syntax(message, loc));
        }
        Ok(())
    }

    fn alias(&mut self, alias: &Alias) -> Result<()> {
        let text = self.names.text(alias.name);
        if &*text == "*" {
            if self.current().kind != BlockKind::Module {
                return Err(Fail::syntax(
                    "import * only allowed at module level",
                    alias.loc,
                ));
            }
            return Ok(());
        }
        let name = match alias.asname {
            Some(name) => name,
            None => self.names.intern(text.split('.').next().unwrap_or(&text)),
        };
        self.add(name, flag::IMPORT, alias.loc)
    }

    fn annotated(
        &mut self,
        target: &Expr,
        annotation: &Expr,
        value: Option<&Expr>,
        simple: bool,
        loc: Loc,
    ) -> Result<()> {
        if let ExprKind::Name { id, .. } = target.kind {
            let before = self.flags(id);
            if before & (flag::GLOBAL | flag::NONLOCAL) != 0
                && self.current().kind != BlockKind::Module
                && simple
            {
                let word = if before & flag::GLOBAL != 0 {
                    "global"
                } else {
                    "nonlocal"
                };
                let text = self.names.str(id);
                return Err(Fail::syntax(
                    format!("annotated name '{text}' can't be {word}"),
                    loc,
                ));
            }
            if simple {
                self.add(id, flag::ANNOT | flag::LOCAL, target.loc)?;
            } else if value.is_some() {
                self.add(id, flag::LOCAL, target.loc)?;
            }
        } else {
            self.expr(target)?;
        }
        let kind = self.current().kind;
        match self.annotations {
            Annotations::Deferred if matches!(kind, BlockKind::Module | BlockKind::Class) => {
                let here = self.stack.last().copied().unwrap_or(0);
                match self.table.scopes[here].annotations {
                    Some(known) => self.stack.push(known),
                    None => {
                        self.enter_deferred(annotation.loc)?;
                        self.table.scopes[here].annotations = self.stack.last().copied();
                        self.add_text(CONDITIONS, flag::USE, annotation.loc)?;
                    }
                }
                self.expr(annotation)?;
                self.exit();
            }
            Annotations::Now => self.expr(annotation)?,
            // Nobody evaluates those of local variables.
            _ => self.unevaluated(annotation)?,
        }
        self.maybe(value)
    }

    /// Opens the scope of deferred annotations: a function of one parameter, the format that is asked for.
    fn enter_deferred(&mut self, loc: Loc) -> Result<()> {
        let kind = self.current().kind;
        let can_see = kind == BlockKind::Class || self.current().can_see_class_scope;
        let name = self.names.intern("__annotate__");
        self.enter(0, BlockKind::Deferred, name, loc);
        self.add_text(".format", flag::PARAM, loc)?;
        self.add_text(".format", flag::USE, loc)?;
        self.see_class(can_see, loc)
    }

    /// The module or class notes which of its annotations were reached.
    fn remember_conditions(&mut self) -> Result<()> {
        if self.annotations == Annotations::Deferred {
            let loc = self.current().loc;
            self.add_text(CONDITIONS, flag::LOCAL | flag::USE, loc)?;
        }
        Ok(())
    }

    /// The annotations of a function; the index of their scope if they are deferred.
    fn function_annotations(&mut self, def: &FunctionDef) -> Result<Option<usize>> {
        let args = &def.args;
        let positional = args.posonly.iter().chain(&args.args);
        let all = positional
            .chain(&args.vararg)
            .chain(&args.kwarg)
            .chain(&args.kwonly);
        let all = all.filter_map(|arg| arg.annotation.as_ref());
        let all: Vec<&Expr> = all.chain(&def.returns).collect();
        let Some(first) = all.first() else {
            return Ok(None);
        };
        let deferred = self.annotations == Annotations::Deferred;
        if deferred {
            self.enter_deferred(first.loc)?;
        }
        for annotation in &all {
            match self.annotations {
                Annotations::Strings => self.unevaluated(annotation)?,
                _ => self.expr(annotation)?,
            }
        }
        let scope = self.stack.last().copied();
        if deferred {
            self.exit();
        }
        Ok(scope.filter(|_| deferred))
    }

    fn unevaluated(&mut self, annotation: &Expr) -> Result<()> {
        let name = self.names.intern("_annotation");
        self.enter(0, BlockKind::Annotation, name, annotation.loc);
        let result = self.expr(annotation);
        self.exit();
        result
    }

    fn function(&mut self, def: &FunctionDef, loc: Loc) -> Result<()> {
        self.add(def.name, flag::LOCAL, loc)?;
        self.exprs(&def.args.defaults)?;
        def.args
            .kw_defaults
            .iter()
            .try_for_each(|default| self.maybe(default.as_ref()))?;
        self.exprs(&def.decorators)?;
        if !def.type_params.is_empty() {
            let has_kw_defaults = def.args.kw_defaults.iter().any(Option::is_some);
            self.enter_type_params(def.type_scope, def.name, loc)?;
            self.add_text(".defaults", flag::PARAM, loc)?; // CPython 3.13: whether there are any or not
            if has_kw_defaults {
                self.add_text(".kwdefaults", flag::PARAM, loc)?;
            }
            self.type_params(&def.type_params)?;
        }
        let annotations = self.function_annotations(def)?;
        self.enter(def.scope, BlockKind::Function, def.name, loc);
        self.current().annotations = annotations;
        self.current().coroutine = def.is_async;
        self.parameters(&def.args)?;
        self.stmts(&def.body)?;
        self.exit();
        if !def.type_params.is_empty() {
            self.exit();
        }
        Ok(())
    }

    fn parameters(&mut self, args: &Arguments) -> Result<()> {
        for arg in args.posonly.iter().chain(&args.args).chain(&args.kwonly) {
            self.add(arg.name, flag::PARAM, arg.loc)?;
        }
        if let Some(arg) = &args.vararg {
            self.add(arg.name, flag::PARAM, arg.loc)?;
            self.current().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.add(arg.name, flag::PARAM, arg.loc)?;
            self.current().varkeywords = true;
        }
        Ok(())
    }

    fn class(&mut self, def: &ClassDef, loc: Loc) -> Result<()> {
        self.add(def.name, flag::LOCAL, loc)?;
        self.exprs(&def.decorators)?;
        let outer_private = self.private;
        if !def.type_params.is_empty() {
            self.enter_type_params(def.type_scope, def.name, loc)?;
            self.private = Some(def.name);
            self.add_text(".type_params", flag::LOCAL | flag::USE, loc)?;
            self.add_text(".generic_base", flag::LOCAL | flag::USE, loc)?;
            self.type_params(&def.type_params)?;
        }
        self.exprs(&def.bases)?;
        self.keywords(&def.keywords)?;
        self.enter(def.scope, BlockKind::Class, def.name, loc);
        self.private = Some(def.name);
        if !def.type_params.is_empty() {
            self.add_text("__type_params__", flag::LOCAL, loc)?;
            self.add_text(".type_params", flag::USE, loc)?;
        }
        if def.body.iter().any(Stmt::has_inner_annotations) {
            self.remember_conditions()?;
        }
        self.stmts(&def.body)?;
        self.exit();
        if !def.type_params.is_empty() {
            self.exit();
        }
        self.private = outer_private;
        Ok(())
    }

    fn enter_type_params(&mut self, id: ScopeId, name: Sym, loc: Loc) -> Result<()> {
        let in_class = self.current().kind == BlockKind::Class;
        self.enter(id, BlockKind::TypeParameters, name, loc);
        self.see_class(in_class, loc)
    }

    fn see_class(&mut self, can_see: bool, loc: Loc) -> Result<()> {
        self.current().can_see_class_scope = can_see;
        if can_see {
            self.add_text("__classdict__", flag::USE, loc)?;
        }
        Ok(())
    }

    fn type_params(&mut self, params: &[TypeParam]) -> Result<()> {
        for param in params {
            self.add(param.name, flag::TYPE_PARAM | flag::LOCAL, param.loc)?;
            let default_info = match &param.kind {
                TypeParamKind::TypeVar(scope, Some(bound)) => {
                    let tuple = matches!(&bound.kind, ExprKind::Tuple { .. });
                    let tuple = tuple
                        || matches!(
                            bound.as_constant(),
                            Some(crate::python::code::Const::Tuple(_))
                        );
                    let info = if tuple {
                        "a TypeVar constraint"
                    } else {
                        "a TypeVar bound"
                    };
                    self.type_expr(*scope, param.name, bound, info, BlockKind::TypeVariable)?;
                    "a TypeVar default"
                }
                TypeParamKind::TypeVar(_, None) => "a TypeVar default",
                TypeParamKind::TypeVarTuple => "a TypeVarTuple default",
                TypeParamKind::ParamSpec => "a ParamSpec default",
            };
            if let Some(default) = &param.default {
                self.type_expr(
                    param.default_scope,
                    param.name,
                    default,
                    default_info,
                    BlockKind::TypeVariable,
                )?;
            }
        }
        Ok(())
    }

    fn type_expr(
        &mut self,
        id: ScopeId,
        name: Sym,
        expr: &Expr,
        info: &'static str,
        kind: BlockKind,
    ) -> Result<()> {
        let can_see = match kind {
            BlockKind::TypeAlias => {
                self.current().kind == BlockKind::Class || self.current().can_see_class_scope
            }
            _ => self.current().can_see_class_scope,
        };
        self.enter(id, kind, name, expr.loc);
        self.current().info = info;
        self.see_class(can_see, expr.loc)?;
        let result = self.expr(expr);
        self.exit();
        result
    }

    fn type_alias(
        &mut self,
        scope: ScopeId,
        type_scope: ScopeId,
        name: &Expr,
        type_params: &[TypeParam],
        value: &Expr,
        loc: Loc,
    ) -> Result<()> {
        self.expr(name)?;
        let ExprKind::Name { id, .. } = name.kind else {
            return Ok(());
        };
        if !type_params.is_empty() {
            self.enter_type_params(type_scope, id, loc)?;
            self.type_params(type_params)?;
        }
        self.type_expr(scope, id, value, "a type alias", BlockKind::TypeAlias)?;
        if !type_params.is_empty() {
            self.exit();
        }
        Ok(())
    }

    fn expr(&mut self, expr: &Expr) -> Result<()> {
        let loc = expr.loc;
        match &expr.kind {
            ExprKind::BoolOp { values, .. }
            | ExprKind::JoinedStr(values)
            | ExprKind::TemplateStr(values)
            | ExprKind::Set(values) => {
                self.exprs(values)?;
            }
            ExprKind::Named { target, value } => self.named(target, value, loc)?,
            ExprKind::BinOp { left, right, .. } => {
                self.expr(left)?;
                self.expr(right)?;
            }
            ExprKind::UnaryOp { operand, .. } => self.expr(operand)?,
            ExprKind::Lambda { scope, args, body } => {
                self.exprs(&args.defaults)?;
                args.kw_defaults
                    .iter()
                    .try_for_each(|default| self.maybe(default.as_ref()))?;
                let name = self.names.intern("lambda");
                self.enter(*scope, BlockKind::Function, name, loc);
                self.parameters(args)?;
                self.expr(body)?;
                self.exit();
            }
            ExprKind::IfExp { test, body, orelse } => {
                self.expr(test)?;
                self.expr(body)?;
                self.expr(orelse)?;
            }
            ExprKind::Dict { keys, values } => {
                keys.iter().try_for_each(|key| self.maybe(key.as_ref()))?;
                self.exprs(values)?;
            }
            ExprKind::Comp(comp) => self.comp(comp, loc)?,
            ExprKind::Await(value) => {
                self.refuse_in_types("await", loc)?;
                self.expr(value)?;
                self.current().coroutine = true;
            }
            ExprKind::Yield(value) => {
                self.refuse_in_types("yield", loc)?;
                self.maybe(value.as_deref())?;
                self.yields(loc)?;
            }
            ExprKind::YieldFrom(value) => {
                self.refuse_in_types("yield", loc)?;
                self.expr(value)?;
                self.yields(loc)?;
            }
            ExprKind::Compare {
                left, comparators, ..
            } => {
                self.expr(left)?;
                self.exprs(comparators)?;
            }
            ExprKind::Call {
                func,
                args,
                keywords,
            } => {
                self.expr(func)?;
                self.exprs(args)?;
                self.keywords(keywords)?;
            }
            ExprKind::FormattedValue { value, spec, .. }
            | ExprKind::Interpolation { value, spec, .. } => {
                self.expr(value)?;
                self.maybe(spec.as_deref())?;
            }
            ExprKind::Constant(_) => {}
            ExprKind::Attribute { value, .. } | ExprKind::Starred { value, .. } => {
                self.expr(value)?
            }
            ExprKind::Subscript { value, slice, .. } => {
                self.expr(value)?;
                self.expr(slice)?;
            }
            ExprKind::Slice { lower, upper, step } => {
                self.maybe(lower.as_deref())?;
                self.maybe(upper.as_deref())?;
                self.maybe(step.as_deref())?;
            }
            ExprKind::Name { id, ctx } => {
                self.add(
                    *id,
                    if *ctx == Ctx::Load {
                        flag::USE
                    } else {
                        flag::LOCAL
                    },
                    loc,
                )?;
                // `super()` needs the class that it stands in.
                if *ctx == Ctx::Load
                    && self.names.str(*id) == "super"
                    && self.current().is_function_like()
                {
                    self.add_text("__class__", flag::USE, loc)?;
                }
            }
            ExprKind::List { elts, .. } | ExprKind::Tuple { elts, .. } => self.exprs(elts)?,
        }
        Ok(())
    }

    fn refuse_in_types(&mut self, word: &str, loc: Loc) -> Result<()> {
        let scope = self.current();
        let place = match scope.kind {
            BlockKind::Annotation | BlockKind::Deferred => "an annotation",
            BlockKind::TypeVariable => scope.info,
            BlockKind::TypeAlias => "a type alias",
            BlockKind::TypeParameters => "the definition of a generic",
            _ => return Ok(()),
        };
        let word = if word == "named" {
            "named expression".into()
        } else {
            format!("{word} expression")
        };
        Err(Fail::syntax(
            format!("{word} cannot be used within {place}"),
            loc,
        ))
    }

    fn yields(&mut self, loc: Loc) -> Result<()> {
        let scope = self.current();
        scope.generator = true;
        let place = match scope.comprehension {
            None => return Ok(()),
            Some(CompKind::List) => "list comprehension",
            Some(CompKind::Set) => "set comprehension",
            Some(CompKind::Dict) => "dict comprehension",
            Some(CompKind::Generator) => "generator expression",
        };
        Err(Fail::syntax(format!("'yield' inside {place}"), loc))
    }

    fn comp(&mut self, comp: &Comp, loc: Loc) -> Result<()> {
        let Some((outermost, rest)) = comp.generators.split_first() else {
            return Ok(());
        };
        self.current().comp_iter_expr += 1;
        let iter = self.expr(&outermost.iter);
        self.current().comp_iter_expr -= 1;
        iter?;
        let name = self.names.intern(comp.kind.scope_name());
        self.enter(comp.scope, BlockKind::Function, name, loc);
        if outermost.is_async {
            self.current().coroutine = true;
        }
        self.current().comprehension = Some(comp.kind);
        self.add_text(".0", flag::PARAM, loc)?;
        self.target(&outermost.target)?;
        self.exprs(&outermost.ifs)?;
        for generator in rest {
            self.target(&generator.target)?;
            self.current().comp_iter_expr += 1;
            let iter = self.expr(&generator.iter);
            self.current().comp_iter_expr -= 1;
            iter?;
            self.exprs(&generator.ifs)?;
            if generator.is_async {
                self.current().coroutine = true;
            }
        }
        self.maybe(comp.value.as_ref())?;
        self.expr(&comp.elt)?;
        let is_generator = comp.kind == CompKind::Generator;
        self.current().generator = is_generator;
        let is_async = self.current().coroutine && !is_generator;
        self.exit();
        if is_async {
            self.current().coroutine = true;
        }
        Ok(())
    }

    fn target(&mut self, target: &Expr) -> Result<()> {
        self.current().comp_iter_target = true;
        let result = self.expr(target);
        self.current().comp_iter_target = false;
        result
    }

    /// `(name := value)`: in a comprehension it binds in the function around it.
    fn named(&mut self, target: &Expr, value: &Expr, loc: Loc) -> Result<()> {
        self.refuse_in_types("named", loc)?;
        if self.current().comp_iter_expr > 0 {
            let message =
                "assignment expression cannot be used in a comprehension iterable expression";
            return Err(Fail::syntax(message, loc));
        }
        if self.current().comprehension.is_some()
            && let ExprKind::Name { id, .. } = target.kind
        {
            self.extend_named(id, target.loc)?;
        }
        self.expr(value)?;
        self.expr(target)
    }

    fn extend_named(&mut self, id: Sym, loc: Loc) -> Result<()> {
        let mangled = self.names.mangle(self.private, id);
        for &index in self.stack.clone().iter().rev() {
            let scope = &self.table.scopes[index];
            if scope.comprehension.is_some() {
                if scope.symbol(mangled).flags & flag::COMP_ITER != 0 {
                    let text = self.names.str(id);
                    let message = format!(
                        "assignment expression cannot rebind comprehension iteration variable '{text}'"
                    );
                    return Err(Fail::syntax(message, loc));
                }
                continue;
            }
            let place = match scope.kind {
                BlockKind::Function | BlockKind::Module => {
                    let is_function = scope.kind == BlockKind::Function;
                    let global = !is_function || scope.symbol(mangled).flags & flag::GLOBAL != 0;
                    self.add(id, if global { flag::GLOBAL } else { flag::NONLOCAL }, loc)?;
                    self.current().directives.push((mangled, loc));
                    return self.add_to(
                        index,
                        id,
                        if is_function {
                            flag::LOCAL
                        } else {
                            flag::GLOBAL
                        },
                        loc,
                    );
                }
                BlockKind::Class => "a class body",
                BlockKind::TypeParameters => "the definition of a generic",
                BlockKind::TypeAlias => "a type alias",
                BlockKind::TypeVariable => scope.info,
                BlockKind::Annotation | BlockKind::Deferred => "an annotation",
            };
            let message = match scope.kind {
                BlockKind::Class => format!(
                    "assignment expression within a comprehension cannot be used in {place}"
                ),
                _ => format!(
                    "assignment expression within a comprehension cannot be used within {place}"
                ),
            };
            return Err(Fail::syntax(message, loc));
        }
        Ok(())
    }

    fn pattern(&mut self, pattern: &Pattern) -> Result<()> {
        match &pattern.kind {
            PatternKind::Value(value) => self.expr(value),
            PatternKind::Singleton(_) => Ok(()),
            PatternKind::Sequence(patterns) | PatternKind::Or(patterns) => {
                patterns.iter().try_for_each(|p| self.pattern(p))
            }
            PatternKind::Star(name) => {
                name.map_or(Ok(()), |name| self.add(name, flag::LOCAL, pattern.loc))
            }
            PatternKind::Mapping {
                keys,
                patterns,
                rest,
            } => {
                self.exprs(keys)?;
                patterns.iter().try_for_each(|p| self.pattern(p))?;
                rest.map_or(Ok(()), |rest| self.add(rest, flag::LOCAL, pattern.loc))
            }
            PatternKind::Class {
                cls,
                patterns,
                kwd_patterns,
                ..
            } => {
                self.expr(cls)?;
                patterns
                    .iter()
                    .chain(kwd_patterns)
                    .try_for_each(|p| self.pattern(p))
            }
            PatternKind::As {
                pattern: inner,
                name,
            } => {
                if let Some(inner) = inner {
                    self.pattern(inner)?;
                }
                name.map_or(Ok(()), |name| self.add(name, flag::LOCAL, pattern.loc))
            }
        }
    }
}

impl CompKind {
    /// The name of the function that a comprehension is, or would be: `<listcomp>`.
    pub fn scope_name(self) -> &'static str {
        match self {
            CompKind::Generator => "<genexpr>",
            CompKind::List => "<listcomp>",
            CompKind::Set => "<setcomp>",
            CompKind::Dict => "<dictcomp>",
        }
    }
}
