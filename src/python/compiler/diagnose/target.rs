//! What can be assigned to or deleted.

use super::expression::rule;
use super::node::{Kind, Node};
use super::parser::{Found, Parser, want};
use std::rc::Rc;

type Expression = Found<Rc<Node>>;

impl Parser<'_> {
    pub(super) fn star_targets(&mut self) -> Expression {
        let first = self.at;
        let parts = want!(self.listed(Parser::star_target));
        self.word(",")?;
        Ok(Some(self.node_of(Kind::Tuple, first, parts)))
    }

    pub(super) fn star_target(&mut self) -> Expression {
        self.remember(rule::TARGET, |p| {
            let first = p.at;
            if p.word("*")?.is_some() {
                if p.sees(&["*"])? {
                    return Ok(None);
                }
                want!(p.star_target());
                return Ok(Some(p.node(Kind::Starred, first)));
            }
            p.unstarred_target()
        })
    }

    fn unstarred_target(&mut self) -> Expression {
        self.remember(rule::TARGET_ATOM, |p| {
            if let Some(found) = p.attempt(Parser::part_target)? {
                return Ok(Some(found));
            }
            p.target_atom(Parser::unstarred_target, Parser::star_target)
        })
    }

    /// `a.b` or `a[b]`, not followed by more.
    pub(super) fn part_target(&mut self) -> Expression {
        let first = self.at;
        want!(self.target_primary());
        let kind = want!(self.attempt(Parser::part));
        let more = self.sees(&["(", "[", "."])?;
        Ok((!more).then(|| self.node(kind, first)))
    }

    fn part(&mut self) -> Found<Kind> {
        if self.sees(&["("])? {
            return Ok(None);
        }
        self.trailer()
    }

    /// All of an expression's trailers but the last.
    fn target_primary(&mut self) -> Expression {
        self.remember(rule::TARGET_PRIMARY, |p| {
            let first = p.at;
            want!(p.atom());
            if !p.sees(&["(", "[", "."])? {
                return Ok(None);
            }
            while p
                .attempt(|p| {
                    want!(p.trailer());
                    Ok(p.sees(&["(", "[", "."])?.then_some(()))
                })?
                .is_some()
            {}
            Ok(Some(p.node(Kind::Name, first)))
        })
    }

    /// A name, or targets in brackets.
    fn target_atom(
        &mut self,
        one: fn(&mut Self) -> Expression,
        many: fn(&mut Self) -> Expression,
    ) -> Expression {
        let first = self.at;
        if self.name_token()?.is_some() {
            return Ok(Some(self.node(Kind::Name, first)));
        }
        let grouped = self.attempt(|p| {
            want!(p.word("("));
            let found = want!(one(p));
            want!(p.word(")"));
            Ok(Some(found))
        })?;
        if grouped.is_some() {
            return Ok(grouped);
        }
        let close = match self.one_of(&["(", "["])? {
            Some(open) if self.tokens[open].text == "(" => ")",
            Some(_) => "]",
            None => return Ok(None),
        };
        self.attempt(|p| {
            let parts = want!(p.listed(many));
            // One target in parentheses is no tuple without a comma.
            let comma = p.word(",")?;
            Ok((parts.len() > 1 || comma.is_some() || close == "]").then_some(()))
        })?;
        want!(self.word(close));
        Ok(Some(self.node(Kind::Tuple, first)))
    }

    /// The target of an annotation or an augmented assignment.
    pub(super) fn single_target(&mut self) -> Expression {
        if let Some(found) = self.attempt(Parser::part_target)? {
            return Ok(Some(found));
        }
        let first = self.at;
        if self.name_token()?.is_some() {
            return Ok(Some(self.node(Kind::Name, first)));
        }
        self.attempt(|p| {
            want!(p.word("("));
            let found = want!(p.single_target());
            want!(p.word(")"));
            Ok(Some(found))
        })
    }

    pub(super) fn deleted(&mut self) -> Expression {
        self.remember(rule::DELETED, |p| {
            if let Some(found) = p.attempt(Parser::part_target)? {
                return Ok(Some(found));
            }
            let first = p.at;
            if p.name_token()?.is_some() {
                return Ok(Some(p.node(Kind::Name, first)));
            }
            let close = match p.one_of(&["(", "["])? {
                Some(open) if p.tokens[open].text == "(" => ")",
                Some(_) => "]",
                None => return Ok(None),
            };
            p.attempt(|p| {
                want!(p.listed(Parser::deleted));
                p.word(",")?;
                Ok(Some(()))
            })?;
            want!(p.word(close));
            Ok(Some(p.node(Kind::Tuple, first)))
        })
    }
}
