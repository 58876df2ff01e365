//! Atoms: names, literals, and what stands in brackets.

use super::expression::rule;
use super::node::{Kind, Node, Targets};
use super::parser::{Found, Parser, Stop, want};
use super::token;
use std::rc::Rc;

type Expression = Found<Rc<Node>>;

impl Parser<'_> {
    pub(super) fn atom(&mut self) -> Expression {
        self.remember(rule::ATOM, |p| {
            let first = p.at;
            let token = p.peek()?;
            let kind = match (token.kind, token.text) {
                (token::Kind::Name, _) => Kind::Name,
                (token::Kind::Number, _) => Kind::Literal,
                (token::Kind::Keyword, "True") => Kind::True,
                (token::Kind::Keyword, "False") => Kind::False,
                (token::Kind::Keyword, "None") => Kind::None,
                (token::Kind::Op, "...") => Kind::Ellipsis,
                (token::Kind::String | token::Kind::FStart, _) => return p.strings(),
                (token::Kind::Op, "(") => {
                    return p.first_of(&[Parser::tuple, Parser::group, Parser::generator]);
                }
                (token::Kind::Op, "[") => {
                    return p.first_of(&[Parser::list, Parser::list_comprehension]);
                }
                (token::Kind::Op, "{") => {
                    return p.first_of(&[
                        Parser::dict,
                        Parser::set,
                        Parser::dict_comprehension,
                        Parser::set_comprehension,
                    ]);
                }
                _ => return Ok(None),
            };
            p.at += 1;
            Ok(Some(p.node(kind, first)))
        })
    }

    /// The first of some constructs that is there.
    fn first_of(&mut self, all: &[fn(&mut Self) -> Expression]) -> Expression {
        for one in all {
            if let Some(found) = self.attempt(one)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    pub(super) fn tuple(&mut self) -> Expression {
        let first = self.at;
        want!(self.word("("));
        let parts = self.attempt(|p| {
            let one = want!(p.star_named_expression());
            want!(p.word(","));
            let mut parts = vec![one];
            parts.extend(
                p.attempt(Parser::star_named_expressions)?
                    .into_iter()
                    .flatten(),
            );
            Ok(Some(parts))
        })?;
        want!(self.word(")"));
        Ok(Some(self.node_of(
            Kind::Tuple,
            first,
            parts.unwrap_or_default(),
        )))
    }

    fn group(&mut self) -> Expression {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.word("("));
            let inner = match p.yield_expression()? {
                Some(found) => found,
                None => want!(p.named_expression()),
            };
            want!(p.word(")"));
            Ok(Some(inner))
        })?;
        if found.is_none() && self.strict {
            self.at = first;
            self.mistaken_group()?;
        }
        Ok(found)
    }

    fn mistaken_group(&mut self) -> Result<(), Stop> {
        let starred = self.attempt(|p| {
            want!(p.word("("));
            let starred = want!(p.starred_expression());
            want!(p.word(")"));
            Ok(Some(starred))
        })?;
        if let Some(starred) = starred {
            return Err(self.raise_node(&starred, "cannot use starred expression here"));
        }
        let stars = self.attempt(|p| {
            want!(p.word("("));
            let stars = want!(p.word("**"));
            want!(p.expression());
            want!(p.word(")"));
            Ok(Some(stars))
        })?;
        match stars {
            Some(stars) => {
                Err(self.raise_token(stars, "cannot use double starred expression here"))
            }
            None => Ok(()),
        }
    }

    pub(super) fn list(&mut self) -> Expression {
        let first = self.at;
        want!(self.word("["));
        let parts = self.attempt(Parser::star_named_expressions)?;
        want!(self.word("]"));
        Ok(Some(self.node_of(
            Kind::List,
            first,
            parts.unwrap_or_default(),
        )))
    }

    fn set(&mut self) -> Expression {
        let first = self.at;
        want!(self.word("{"));
        want!(self.attempt(Parser::star_named_expressions));
        want!(self.word("}"));
        Ok(Some(self.node(Kind::Set, first)))
    }

    fn dict(&mut self) -> Expression {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.word("{"));
            p.attempt(|p| {
                want!(p.dict_item());
                p.many(|p| {
                    want!(p.word(","));
                    p.check_key()?;
                    p.dict_item()
                })?;
                p.word(",")?;
                Ok(Some(()))
            })?;
            want!(p.word("}"));
            Ok(Some(p.node(Kind::Dict, first)))
        })?;
        if found.is_none() && self.strict && self.word("{")?.is_some() {
            self.mistaken_items()?;
        }
        Ok(found)
    }

    fn dict_item(&mut self) -> Found<()> {
        if self.word("**")?.is_some() {
            want!(self.binary(0));
            return Ok(Some(()));
        }
        self.pair()
    }

    fn pair(&mut self) -> Found<()> {
        want!(self.expression());
        want!(self.word(":"));
        want!(self.expression());
        Ok(Some(()))
    }

    /// What is wrong with the items of a dict display.
    fn mistaken_items(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let more = self.attempt(|p| {
            want!(p.listed(Parser::dict_item));
            p.word(",")
        })?;
        if more.is_some() {
            let item = self.at;
            self.check_key()?;
            self.at = item;
            self.mistaken_value()?;
        }
        self.at = start;
        self.mistaken_value()
    }

    /// The error that a colon is missing behind a key that is not the first. It comes before all that is wrong
    /// in the key.
    fn check_key(&mut self) -> Result<(), Stop> {
        if !self.strict {
            return Ok(());
        }
        let key = self.rehearse(|p| {
            let key = want!(p.expression());
            Ok((!p.sees(&[":"])?).then_some(key))
        })?;
        let Some(key) = key else {
            return Ok(());
        };
        let (from, to) = (self.tokens[key.first], self.tokens[key.last]);
        let place = ((from.line, to.end_column), (to.end_line, 0));
        let message = "':' expected after dictionary key".to_owned();
        Err(self.raise(super::ErrorKind::Syntax, place.0, place.1, message))
    }

    fn mistaken_value(&mut self) -> Result<(), Stop> {
        let start = self.at;
        if let Some(star) = self.attempt(|p| {
            want!(p.expression());
            want!(p.word(":"));
            let star = want!(p.word("*"));
            want!(p.binary(0));
            Ok(Some(star))
        })? {
            let message = "cannot use a starred expression in a dictionary value";
            return Err(self.raise_from(star, message));
        }
        self.at = start;
        if let Some(colon) = self.attempt(|p| {
            want!(p.expression());
            let colon = want!(p.word(":"));
            Ok(p.sees(&["}", ","])?.then_some(colon))
        })? {
            let message = "expression expected after dictionary key and ':'";
            return Err(self.raise_token(colon, message));
        }
        self.at = start;
        Ok(())
    }

    pub(super) fn generator(&mut self) -> Expression {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.word("("));
            if p.assignment_expression()?.is_none() {
                want!(p.attempt(Parser::unnamed_expression));
            }
            want!(p.clauses());
            want!(p.word(")"));
            Ok(Some(p.node(Kind::Generator, first)))
        })?;
        self.checked_comprehension(first, found)
    }

    fn list_comprehension(&mut self) -> Expression {
        self.comprehension("[", "]", Kind::ListComprehension)
    }

    fn set_comprehension(&mut self) -> Expression {
        self.comprehension("{", "}", Kind::SetComprehension)
    }

    fn comprehension(&mut self, open: &str, close: &str, kind: Kind) -> Expression {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.word(open));
            want!(p.named_expression());
            want!(p.clauses());
            want!(p.word(close));
            Ok(Some(p.node(kind, first)))
        })?;
        self.checked_comprehension(first, found)
    }

    fn checked_comprehension(&mut self, first: usize, found: Option<Rc<Node>>) -> Expression {
        if found.is_none() && self.strict {
            self.at = first;
            self.mistaken_comprehension()?;
            self.at = first;
        }
        Ok(found)
    }

    fn mistaken_comprehension(&mut self) -> Result<(), Stop> {
        let starred = self.attempt(|p| {
            want!(p.one_of(&["[", "(", "{"]));
            let starred = want!(p.starred_expression());
            want!(p.clauses());
            Ok(Some(starred))
        })?;
        if let Some(starred) = starred {
            let message = "iterable unpacking cannot be used in comprehension";
            return Err(self.raise_node(&starred, message));
        }
        const TARGET: &str = "did you forget parentheses around the comprehension target?";
        let several = self.attempt(|p| {
            want!(p.one_of(&["[", "{"]));
            let one = want!(p.star_named_expression());
            want!(p.word(","));
            let more = want!(p.star_named_expressions());
            want!(p.clauses());
            Ok(Some((one.first, more[more.len() - 1].last)))
        })?;
        if let Some((first, last)) = several {
            return Err(self.raise_tokens(first, last, TARGET.into()));
        }
        let comma = self.attempt(|p| {
            want!(p.one_of(&["[", "{"]));
            let one = want!(p.star_named_expression());
            let comma = want!(p.word(","));
            want!(p.clauses());
            Ok(Some((one.first, comma)))
        })?;
        match comma {
            Some((first, last)) => Err(self.raise_tokens(first, last, TARGET.into())),
            None => Ok(()),
        }
    }

    fn dict_comprehension(&mut self) -> Expression {
        let first = self.at;
        let found = self.attempt(|p| {
            want!(p.word("{"));
            want!(p.pair());
            want!(p.clauses());
            want!(p.word("}"));
            Ok(Some(p.node(Kind::DictComprehension, first)))
        })?;
        if found.is_none() && self.strict {
            let stars = self.attempt(|p| {
                want!(p.word("{"));
                let stars = want!(p.word("**"));
                want!(p.binary(0));
                want!(p.clauses());
                want!(p.word("}"));
                Ok(Some(stars))
            })?;
            if let Some(stars) = stars {
                let message = "dict unpacking cannot be used in dict comprehension";
                return Err(self.raise_token(stars, message));
            }
        }
        Ok(found)
    }

    /// `for … in … if …`, once or more often; the last expression in it.
    pub(super) fn clauses(&mut self) -> Expression {
        let mut all = self.many(Parser::clause)?;
        Ok(all.pop())
    }

    fn clause(&mut self) -> Expression {
        let start = self.at;
        self.word("async")?;
        if self.word("for")?.is_some() {
            let targets = self.attempt(|p| {
                want!(p.star_targets());
                p.word("in")
            })?;
            if targets.is_some() {
                let mut last = want!(self.disjunction());
                let conditions = self.many(|p| {
                    want!(p.word("if"));
                    p.disjunction()
                })?;
                if let Some(condition) = conditions.into_iter().last() {
                    last = condition;
                }
                return Ok(Some(last));
            }
            if self.strict {
                self.at = start;
                self.mistaken_clause()?;
            }
        }
        self.at = start;
        Ok(None)
    }

    fn mistaken_clause(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let no_in = self.attempt(|p| {
            p.word("async")?;
            want!(p.word("for"));
            want!(p.listed(|p| p.binary(0)));
            p.word(",")?;
            Ok((!p.sees(&["in"])?).then_some(()))
        })?;
        if no_in.is_some() {
            let message = "'in' expected after for-loop variables";
            return Err(self.raise_last(super::ErrorKind::Syntax, message));
        }
        self.at = start;
        self.mistaken_for_target()
    }

    /// `for f() in x`
    pub(super) fn mistaken_for_target(&mut self) -> Result<(), Stop> {
        let start = self.at;
        let target = self.attempt(|p| {
            p.word("async")?;
            want!(p.word("for"));
            p.star_expressions()
        })?;
        if let Some(target) = target {
            self.check_target(&target, Targets::For)?;
        }
        self.at = start;
        Ok(())
    }
}
