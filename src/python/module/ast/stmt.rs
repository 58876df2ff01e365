//! Statements.

use super::Builder;
use crate::python::compiler::ast::*;
use crate::python::memory::Own;
use crate::python::vm::PyResult;

type Fields = Vec<(&'static str, Own)>;

impl Builder<'_> {
    pub(super) fn stmts(&mut self, stmts: &[Stmt]) -> PyResult<Own> {
        self.list(stmts, |builder, stmt| builder.stmt(stmt))
    }

    fn maybe_expr(&mut self, expr: Option<&Expr>) -> PyResult<Own> {
        self.maybe(expr, |builder, expr| builder.expr(expr))
    }

    /// The comment with a type, which the parser does not read.
    fn no_comment(&mut self) -> (&'static str, Own) {
        ("type_comment", self.vm.none())
    }

    fn stmt(&mut self, stmt: &Stmt) -> PyResult<Own> {
        let (name, fields) = self.parts(&stmt.kind)?;
        self.node(name, Some(stmt.loc), fields)
    }

    fn parts(&mut self, kind: &StmtKind) -> PyResult<(&'static str, Fields)> {
        Ok(match kind {
            StmtKind::FunctionDef(function) => self.function(function)?,
            StmtKind::ClassDef(class) => self.class_def(class)?,
            StmtKind::Return(value) => (
                "Return",
                vec![("value", self.maybe_expr(value.as_deref())?)],
            ),
            StmtKind::Delete(targets) => ("Delete", vec![("targets", self.exprs(targets)?)]),
            StmtKind::Assign { targets, value } => {
                let (targets, value) = (self.exprs(targets)?, self.expr(value)?);
                (
                    "Assign",
                    vec![("targets", targets), ("value", value), self.no_comment()],
                )
            }
            StmtKind::TypeAlias {
                name,
                type_params,
                value,
                ..
            } => {
                let (name, params) = (self.expr(name)?, self.type_params(type_params)?);
                let value = self.expr(value)?;
                (
                    "TypeAlias",
                    vec![("name", name), ("type_params", params), ("value", value)],
                )
            }
            StmtKind::AugAssign { target, op, value } => {
                let (target, op) = (self.expr(target)?, self.operator(*op)?);
                (
                    "AugAssign",
                    vec![("target", target), ("op", op), ("value", self.expr(value)?)],
                )
            }
            StmtKind::AnnAssign {
                target,
                annotation,
                value,
                simple,
            } => {
                let (target, annotation) = (self.expr(target)?, self.expr(annotation)?);
                let value = self.maybe_expr(value.as_deref())?;
                let simple = self.int(i64::from(*simple));
                let fields = vec![
                    ("target", target),
                    ("annotation", annotation),
                    ("value", value),
                    ("simple", simple),
                ];
                ("AnnAssign", fields)
            }
            StmtKind::For {
                target,
                iter,
                body,
                orelse,
                is_async,
            } => {
                let (target, iter) = (self.expr(target)?, self.expr(iter)?);
                let (body, orelse) = (self.stmts(body)?, self.stmts(orelse)?);
                let name = if *is_async { "AsyncFor" } else { "For" };
                let fields = vec![
                    ("target", target),
                    ("iter", iter),
                    ("body", body),
                    ("orelse", orelse),
                    self.no_comment(),
                ];
                (name, fields)
            }
            StmtKind::While { test, body, orelse } => ("While", self.branches(test, body, orelse)?),
            StmtKind::If { test, body, orelse } => ("If", self.branches(test, body, orelse)?),
            StmtKind::With {
                items,
                body,
                is_async,
            } => {
                let items = self.list(items, |builder, item| {
                    let context = builder.expr(&item.context)?;
                    let vars = builder.maybe_expr(item.vars.as_ref())?;
                    let fields = vec![("context_expr", context), ("optional_vars", vars)];
                    builder.node("withitem", None, fields)
                })?;
                let body = self.stmts(body)?;
                let name = if *is_async { "AsyncWith" } else { "With" };
                (
                    name,
                    vec![("items", items), ("body", body), self.no_comment()],
                )
            }
            StmtKind::Match { subject, cases } => {
                let subject = self.expr(subject)?;
                let cases = self.list(cases, |builder, case| {
                    let pattern = builder.pattern(&case.pattern)?;
                    let guard = builder.maybe_expr(case.guard.as_ref())?;
                    let body = builder.stmts(&case.body)?;
                    let fields = vec![("pattern", pattern), ("guard", guard), ("body", body)];
                    builder.node("match_case", None, fields)
                })?;
                ("Match", vec![("subject", subject), ("cases", cases)])
            }
            StmtKind::Raise { exc, cause } => {
                let exc = self.maybe_expr(exc.as_deref())?;
                (
                    "Raise",
                    vec![("exc", exc), ("cause", self.maybe_expr(cause.as_deref())?)],
                )
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finalbody,
                star,
            } => {
                let body = self.stmts(body)?;
                let handlers = self.list(handlers, |builder, handler| builder.handler(handler))?;
                let (orelse, finalbody) = (self.stmts(orelse)?, self.stmts(finalbody)?);
                let fields = vec![
                    ("body", body),
                    ("handlers", handlers),
                    ("orelse", orelse),
                    ("finalbody", finalbody),
                ];
                (if *star { "TryStar" } else { "Try" }, fields)
            }
            StmtKind::Assert { test, msg } => {
                let test = self.expr(test)?;
                (
                    "Assert",
                    vec![("test", test), ("msg", self.maybe_expr(msg.as_deref())?)],
                )
            }
            StmtKind::Import(names) => ("Import", vec![("names", self.aliases(names)?)]),
            StmtKind::ImportFrom {
                module,
                names,
                level,
            } => {
                let module = self.maybe_ident(*module);
                let names = self.aliases(names)?;
                let level = self.int(i64::from(*level));
                (
                    "ImportFrom",
                    vec![("module", module), ("names", names), ("level", level)],
                )
            }
            StmtKind::Global(names) => {
                let names = self.list(names, |builder, name| Ok(builder.ident(*name)))?;
                ("Global", vec![("names", names)])
            }
            StmtKind::Nonlocal(names) => {
                let names = self.list(names, |builder, name| Ok(builder.ident(*name)))?;
                ("Nonlocal", vec![("names", names)])
            }
            StmtKind::Expr(value) => ("Expr", vec![("value", self.expr(value)?)]),
            StmtKind::Pass => ("Pass", Vec::new()),
            StmtKind::Break => ("Break", Vec::new()),
            StmtKind::Continue => ("Continue", Vec::new()),
        })
    }

    fn branches(&mut self, test: &Expr, body: &[Stmt], orelse: &[Stmt]) -> PyResult<Fields> {
        let (test, body) = (self.expr(test)?, self.stmts(body)?);
        Ok(vec![
            ("test", test),
            ("body", body),
            ("orelse", self.stmts(orelse)?),
        ])
    }

    fn function(&mut self, function: &FunctionDef) -> PyResult<(&'static str, Fields)> {
        let name = self.ident(function.name);
        let args = self.arguments(&function.args)?;
        let body = self.stmts(&function.body)?;
        let decorators = self.exprs(&function.decorators)?;
        let returns = self.maybe_expr(function.returns.as_ref())?;
        let params = self.type_params(&function.type_params)?;
        let fields = vec![
            ("name", name),
            ("args", args),
            ("body", body),
            ("decorator_list", decorators),
            ("returns", returns),
            self.no_comment(),
            ("type_params", params),
        ];
        Ok((
            if function.is_async {
                "AsyncFunctionDef"
            } else {
                "FunctionDef"
            },
            fields,
        ))
    }

    fn class_def(&mut self, class: &ClassDef) -> PyResult<(&'static str, Fields)> {
        let (name, bases) = (self.ident(class.name), self.exprs(&class.bases)?);
        let (keywords, body) = (self.keywords(&class.keywords)?, self.stmts(&class.body)?);
        let decorators = self.exprs(&class.decorators)?;
        let params = self.type_params(&class.type_params)?;
        let fields = vec![
            ("name", name),
            ("bases", bases),
            ("keywords", keywords),
            ("body", body),
            ("decorator_list", decorators),
            ("type_params", params),
        ];
        Ok(("ClassDef", fields))
    }

    fn handler(&mut self, handler: &Handler) -> PyResult<Own> {
        let kind = self.maybe_expr(handler.type_.as_ref())?;
        let name = self.maybe_ident(handler.name);
        let body = self.stmts(&handler.body)?;
        let fields = vec![("type", kind), ("name", name), ("body", body)];
        self.node("ExceptHandler", Some(handler.loc), fields)
    }

    fn aliases(&mut self, aliases: &[Alias]) -> PyResult<Own> {
        self.list(aliases, |builder, alias| {
            let name = builder.ident(alias.name);
            let asname = builder.maybe_ident(alias.asname);
            builder.node(
                "alias",
                Some(alias.loc),
                vec![("name", name), ("asname", asname)],
            )
        })
    }

    fn type_params(&mut self, params: &[TypeParam]) -> PyResult<Own> {
        self.list(params, |builder, param| {
            let name = builder.ident(param.name);
            let mut fields = vec![("name", name)];
            let class = match &param.kind {
                TypeParamKind::TypeVar(_, bound) => {
                    fields.push(("bound", builder.maybe_expr(bound.as_ref())?));
                    "TypeVar"
                }
                TypeParamKind::TypeVarTuple => "TypeVarTuple",
                TypeParamKind::ParamSpec => "ParamSpec",
            };
            fields.push(("default_value", builder.maybe_expr(param.default.as_ref())?));
            builder.node(class, Some(param.loc), fields)
        })
    }
}
