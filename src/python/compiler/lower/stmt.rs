//! Statements.

use super::Lowerer;
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange, TextSize};

impl Lowerer<'_> {
    fn stmts(&mut self, stmts: &[ruff::Stmt]) -> Result<Vec<Stmt>> {
        stmts.iter().map(|stmt| self.stmt(stmt)).collect()
    }

    /// The body of a module, class or function. A text that only folding made is no docstring.
    pub(super) fn body(&mut self, stmts: &[ruff::Stmt]) -> Result<Vec<Stmt>> {
        let docstring = matches!(stmts.first(), Some(ruff::Stmt::Expr(first)) if first.value.is_string_literal_expr());
        let mut body = self.stmts(stmts)?;
        if !docstring
            && let Some(Stmt {
                kind: StmtKind::Expr(first),
                ..
            }) = body.first_mut()
            && matches!(first.kind, ExprKind::Constant(Const::Str(_)))
        {
            let inner = (**first).clone();
            first.kind = ExprKind::JoinedStr(vec![inner]);
        }
        Ok(body)
    }

    fn stmt(&mut self, stmt: &ruff::Stmt) -> Result<Stmt> {
        use ruff::Stmt as S;
        let kind = match stmt {
            S::FunctionDef(s) => return self.function(s),
            S::ClassDef(s) => return self.class(s),
            S::Return(s) => StmtKind::Return(self.maybe(&s.value)?.map(Box::new)),
            S::Delete(s) => StmtKind::Delete(self.exprs(&s.targets)?),
            S::TypeAlias(s) => {
                let (scope, type_scope) = (self.scope(), self.scope());
                let type_params = self.type_params(&s.type_params)?;
                let name = self.boxed(&s.name)?;
                StmtKind::TypeAlias {
                    scope,
                    type_scope,
                    name,
                    type_params,
                    value: self.boxed(&s.value)?,
                }
            }
            S::Assign(s) => StmtKind::Assign {
                targets: self.exprs(&s.targets)?,
                value: self.boxed(&s.value)?,
            },
            S::AugAssign(s) => {
                let target = self.boxed(&s.target)?;
                StmtKind::AugAssign {
                    target,
                    op: super::expr::operator(s.op),
                    value: self.boxed(&s.value)?,
                }
            }
            S::AnnAssign(s) => {
                let target = self.boxed(&s.target)?;
                let annotation = Box::new(self.annotation(&s.annotation)?);
                let value = self.maybe(&s.value)?.map(Box::new);
                StmtKind::AnnAssign {
                    target,
                    annotation,
                    value,
                    simple: s.simple,
                }
            }
            S::For(s) => {
                let target = self.boxed(&s.target)?;
                let mut iter = self.boxed(&s.iter)?;
                self.fold_iter(&mut iter);
                let body = self.stmts(&s.body)?;
                StmtKind::For {
                    target,
                    iter,
                    body,
                    orelse: self.stmts(&s.orelse)?,
                    is_async: s.is_async,
                }
            }
            S::While(s) => {
                let test = self.boxed(&s.test)?;
                let body = self.stmts(&s.body)?;
                StmtKind::While {
                    test,
                    body,
                    orelse: self.stmts(&s.orelse)?,
                }
            }
            S::If(s) => {
                let test = self.boxed(&s.test)?;
                let body = self.stmts(&s.body)?;
                StmtKind::If {
                    test,
                    body,
                    orelse: self.elif_else(&s.elif_else_clauses)?,
                }
            }
            S::With(s) => {
                let mut items = Vec::with_capacity(s.items.len());
                for item in &s.items {
                    items.push(WithItem {
                        context: self.expr(&item.context_expr)?,
                        vars: self.maybe(&item.optional_vars)?,
                    });
                }
                StmtKind::With {
                    items,
                    body: self.stmts(&s.body)?,
                    is_async: s.is_async,
                }
            }
            S::Match(s) => {
                let subject = self.boxed(&s.subject)?;
                let mut cases = Vec::with_capacity(s.cases.len());
                for case in &s.cases {
                    let pattern = self.pattern(&case.pattern)?;
                    let guard = self.maybe(&case.guard)?;
                    cases.push(MatchCase {
                        pattern,
                        guard,
                        body: self.stmts(&case.body)?,
                    });
                }
                StmtKind::Match { subject, cases }
            }
            S::Raise(s) => {
                let exc = self.maybe(&s.exc)?.map(Box::new);
                StmtKind::Raise {
                    exc,
                    cause: self.maybe(&s.cause)?.map(Box::new),
                }
            }
            S::Try(s) => self.try_stmt(s)?,
            S::Assert(s) => StmtKind::Assert {
                test: self.boxed(&s.test)?,
                msg: self.maybe(&s.msg)?.map(Box::new),
            },
            S::Import(s) => StmtKind::Import(self.aliases(&s.names)),
            S::ImportFrom(s) => StmtKind::ImportFrom {
                module: s.module.as_ref().map(|module| self.ident(module)),
                names: self.aliases(&s.names),
                level: s.level,
            },
            S::Global(s) => StmtKind::Global(s.names.iter().map(|name| self.ident(name)).collect()),
            S::Nonlocal(s) => {
                StmtKind::Nonlocal(s.names.iter().map(|name| self.ident(name)).collect())
            }
            S::Expr(s) => StmtKind::Expr(self.boxed(&s.value)?),
            S::Pass(_) => StmtKind::Pass,
            S::Break(_) => StmtKind::Break,
            S::Continue(_) => StmtKind::Continue,
            S::IpyEscapeCommand(s) => return self.error(s, "invalid syntax"),
        };
        let range = match stmt {
            S::For(_) | S::While(_) | S::If(_) | S::With(_) | S::Match(_) | S::Try(_) => {
                self.with_semicolon(stmt.range())
            }
            _ => stmt.range(),
        };
        Ok(Stmt {
            loc: self.loc(range),
            kind,
        })
    }

    fn elif_else(&mut self, clauses: &[ruff::ElifElseClause]) -> Result<Vec<Stmt>> {
        let mut orelse = Vec::new();
        let mut lowered = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let test = clause
                .test
                .as_ref()
                .map(|test| self.expr(test))
                .transpose()?;
            let range = self.with_semicolon(clause.range);
            lowered.push((self.loc(range), test, self.stmts(&clause.body)?));
        }
        for (loc, test, body) in lowered.into_iter().rev() {
            orelse = match test {
                Some(test) => vec![Stmt {
                    loc,
                    kind: StmtKind::If {
                        test: Box::new(test),
                        body,
                        orelse,
                    },
                }],
                None => body,
            };
        }
        Ok(orelse)
    }

    fn try_stmt(&mut self, s: &ruff::StmtTry) -> Result<StmtKind> {
        let body = self.stmts(&s.body)?;
        let mut handlers = Vec::with_capacity(s.handlers.len());
        for handler in &s.handlers {
            let ruff::ExceptHandler::ExceptHandler(handler) = handler;
            let type_ = self.maybe(&handler.type_)?;
            let name = handler.name.as_ref().map(|name| self.ident(name));
            let range = self.with_semicolon(handler.range);
            handlers.push(Handler {
                loc: self.loc(range),
                type_,
                name,
                body: self.stmts(&handler.body)?,
            });
        }
        let orelse = self.stmts(&s.orelse)?;
        Ok(StmtKind::Try {
            body,
            handlers,
            orelse,
            finalbody: self.stmts(&s.finalbody)?,
            star: s.is_star,
        })
    }

    fn aliases(&mut self, names: &[ruff::Alias]) -> Vec<Alias> {
        let mut alias = |alias: &ruff::Alias| Alias {
            loc: self.loc(alias.range),
            name: self.ident(&alias.name),
            asname: alias.asname.as_ref().map(|asname| self.ident(asname)),
        };
        names.iter().map(&mut alias).collect()
    }

    /// A compound statement reaches to the semicolon behind its last simple one.
    fn with_semicolon(&self, range: TextRange) -> TextRange {
        let after = self
            .source
            .as_bytes()
            .get(range.end().to_usize()..)
            .unwrap_or_default();
        match after
            .iter()
            .position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c'))
        {
            Some(at) if after[at] == b';' => {
                TextRange::new(range.start(), range.end() + TextSize::from(at as u32 + 1))
            }
            _ => range,
        }
    }

    /// Where `def` or `class` stands: after the decorators, blank lines and comments.
    fn after_decorators(&self, range: TextRange, decorators: &[ruff::Decorator]) -> TextRange {
        let range = self.with_semicolon(range);
        let Some(last) = decorators.last() else {
            return range;
        };
        let mut offset = last.range.end().to_usize();
        let bytes = self.source.as_bytes();
        while let Some(&byte) = bytes.get(offset) {
            match byte {
                b'#' => {
                    offset += bytes[offset..]
                        .iter()
                        .position(|&b| b == b'\n')
                        .unwrap_or(bytes.len() - offset)
                }
                b' ' | b'\t' | b'\x0c' | b'\n' | b'\\' | b';' => offset += 1,
                _ => break,
            }
        }
        let start = TextSize::from(offset as u32).min(range.end());
        TextRange::new(start, range.end())
    }

    fn decorators(&mut self, decorators: &[ruff::Decorator]) -> Result<Vec<Expr>> {
        decorators
            .iter()
            .map(|decorator| self.expr(&decorator.expression))
            .collect()
    }

    fn function(&mut self, s: &ruff::StmtFunctionDef) -> Result<Stmt> {
        let (scope, type_scope) = (self.scope(), self.scope());
        let def = FunctionDef {
            scope,
            type_scope,
            is_async: s.is_async,
            name: self.ident(&s.name),
            args: self.parameters(&s.parameters)?,
            decorators: self.decorators(&s.decorator_list)?,
            returns: s
                .returns
                .as_deref()
                .map(|returns| self.annotation(returns))
                .transpose()?,
            type_params: self.type_params(&s.type_params)?,
            body: self.body(&s.body)?,
        };
        let range = self.after_decorators(s.range, &s.decorator_list);
        Ok(Stmt {
            loc: self.loc(range),
            kind: StmtKind::FunctionDef(Box::new(def)),
        })
    }

    fn class(&mut self, s: &ruff::StmtClassDef) -> Result<Stmt> {
        let (scope, type_scope) = (self.scope(), self.scope());
        let (bases, keywords) = match &s.arguments {
            Some(arguments) => (
                self.exprs(&arguments.args)?,
                self.keywords(&arguments.keywords)?,
            ),
            None => Default::default(),
        };
        let def = ClassDef {
            scope,
            type_scope,
            name: self.ident(&s.name),
            bases,
            keywords,
            decorators: self.decorators(&s.decorator_list)?,
            type_params: self.type_params(&s.type_params)?,
            body: self.body(&s.body)?,
        };
        let range = self.after_decorators(s.range, &s.decorator_list);
        Ok(Stmt {
            loc: self.loc(range),
            kind: StmtKind::ClassDef(Box::new(def)),
        })
    }

    fn type_params(&mut self, params: &Option<Box<ruff::TypeParams>>) -> Result<Vec<TypeParam>> {
        let Some(params) = params else {
            return Ok(Vec::new());
        };
        let mut result = Vec::with_capacity(params.type_params.len());
        for param in &params.type_params {
            let loc = self.loc(param.range());
            let bound_scope = self.scope();
            let default_scope = self.scope();
            let (name, kind, default) = match param {
                ruff::TypeParam::TypeVar(p) => (
                    &p.name,
                    TypeParamKind::TypeVar(bound_scope, self.maybe(&p.bound)?),
                    &p.default,
                ),
                ruff::TypeParam::TypeVarTuple(p) => {
                    (&p.name, TypeParamKind::TypeVarTuple, &p.default)
                }
                ruff::TypeParam::ParamSpec(p) => (&p.name, TypeParamKind::ParamSpec, &p.default),
            };
            let name = self.ident(name);
            result.push(TypeParam {
                loc,
                name,
                kind,
                default_scope,
                default: self.maybe(default)?,
            });
        }
        Ok(result)
    }
}
