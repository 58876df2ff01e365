//! Patterns of `match`.

use super::Lowerer;
use crate::python::code::Const;
use crate::python::compiler::ast::*;
use crate::python::compiler::fail::Result;
use ruff_python_ast as ruff;
use ruff_text_size::Ranged;

impl Lowerer<'_> {
    pub(super) fn pattern(&mut self, pattern: &ruff::Pattern) -> Result<Pattern> {
        use ruff::Pattern as P;
        let kind = match pattern {
            P::MatchValue(p) => PatternKind::Value(self.expr(&p.value)?),
            P::MatchSingleton(p) => PatternKind::Singleton(match p.value {
                ruff::Singleton::None => Const::None,
                ruff::Singleton::True => Const::Bool(true),
                ruff::Singleton::False => Const::Bool(false),
            }),
            P::MatchSequence(p) => PatternKind::Sequence(self.patterns(&p.patterns)?),
            P::MatchMapping(p) => PatternKind::Mapping {
                keys: self.exprs(&p.keys)?,
                patterns: self.patterns(&p.patterns)?,
                rest: p.rest.as_ref().map(|rest| self.ident(rest)),
            },
            P::MatchClass(p) => {
                let cls = self.expr(&p.cls)?;
                let patterns = self.patterns(&p.arguments.patterns)?;
                let mut kwd_attrs = Vec::new();
                let mut kwd_patterns = Vec::new();
                for keyword in &p.arguments.keywords {
                    let pattern = self.pattern(&keyword.pattern)?;
                    kwd_attrs.push((self.ident(&keyword.attr), pattern.loc));
                    kwd_patterns.push(pattern);
                }
                PatternKind::Class {
                    cls,
                    patterns,
                    kwd_attrs,
                    kwd_patterns,
                }
            }
            P::MatchStar(p) => PatternKind::Star(p.name.as_ref().map(|name| self.ident(name))),
            P::MatchAs(p) => {
                let inner = p
                    .pattern
                    .as_deref()
                    .map(|inner| self.pattern(inner))
                    .transpose()?;
                PatternKind::As {
                    pattern: inner.map(Box::new),
                    name: p.name.as_ref().map(|name| self.ident(name)),
                }
            }
            P::MatchOr(p) => PatternKind::Or(self.patterns(&p.patterns)?),
        };
        Ok(Pattern {
            loc: self.loc(pattern.range()),
            kind,
        })
    }

    fn patterns(&mut self, patterns: &[ruff::Pattern]) -> Result<Vec<Pattern>> {
        patterns.iter().map(|p| self.pattern(p)).collect()
    }
}
