//! Parameters of functions and lambdas, and of types.

use super::node::{Kind, Node};
use super::parser::{Found, Parser, Stop, want};
use super::{ErrorKind, token};
use std::rc::Rc;

/// How a parameter must look.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Default {
    None,
    Some,
    Maybe,
}

impl Parser<'_> {
    /// The parameters of a function or a lambda, if there are any.
    pub(super) fn parameters(&mut self, lambda: bool) -> Found<()> {
        if self.strict {
            let start = self.at;
            self.mistaken_parameters(lambda)?;
            self.at = start;
        }
        self.attempt(|p| p.plain_parameters(lambda))
    }

    fn plain_parameters(&mut self, lambda: bool) -> Found<()> {
        let start = self.at;
        if self.attempt(|p| p.slash(lambda, Default::None))?.is_some() {
            self.many(|p| p.parameter(lambda, Default::None))?;
        } else if self.attempt(|p| p.slash(lambda, Default::Some))?.is_none() {
            self.many(|p| p.parameter(lambda, Default::None))?;
        }
        self.many(|p| p.parameter(lambda, Default::Some))?;
        self.attempt(|p| p.star_parameters(lambda))?;
        Ok((self.at > start).then_some(()))
    }

    /// What ends the parameters.
    const fn close(lambda: bool) -> &'static str {
        if lambda { ":" } else { ")" }
    }

    fn parameter_name(&mut self, lambda: bool) -> Found<Rc<Node>> {
        let first = self.at;
        want!(self.name_token());
        if !lambda {
            self.attempt(|p| {
                want!(p.word(":"));
                p.expression()
            })?;
        }
        Ok(Some(self.node(Kind::Name, first)))
    }

    /// A parameter with its comma, or before the end.
    fn parameter(&mut self, lambda: bool, default: Default) -> Found<Rc<Node>> {
        self.attempt(|p| {
            let name = want!(p.parameter_name(lambda));
            if default != Default::None {
                let value = p.default_value()?;
                if value.is_none() && default == Default::Some {
                    return Ok(None);
                }
            }
            let ends = p.word(",")?.is_some() || p.sees(&[Self::close(lambda)])?;
            Ok(ends.then_some(name))
        })
    }

    fn default_value(&mut self) -> Found<()> {
        let start = self.at;
        let found = self.attempt(|p| {
            want!(p.word("="));
            p.expression()
        })?;
        if found.is_none() && self.strict && self.word("=")?.is_some() {
            if self.sees(&[")", ","])? {
                return Err(self.raise_token(start, "expected default value expression"));
            }
            self.at = start;
        }
        Ok(found.map(|_| ()))
    }

    /// Parameters before a slash; the slash. The last of them have defaults if that is wanted.
    fn slash(&mut self, lambda: bool, default: Default) -> Found<()> {
        let before = self.many(|p| p.parameter(lambda, Default::None))?.len();
        if default == Default::Some {
            if self
                .many(|p| p.parameter(lambda, Default::Some))?
                .is_empty()
            {
                return Ok(None);
            }
        } else if before == 0 {
            return Ok(None);
        }
        want!(self.word("/"));
        let ends = self.word(",")?.is_some() || self.sees(&[Self::close(lambda)])?;
        Ok(ends.then_some(()))
    }

    fn any_slash(&mut self, lambda: bool) -> Found<()> {
        match self.attempt(|p| p.slash(lambda, Default::None))? {
            Some(()) => Ok(Some(())),
            None => self.attempt(|p| p.slash(lambda, Default::Some)),
        }
    }

    fn star_parameters(&mut self, lambda: bool) -> Found<()> {
        let start = self.at;
        if self.strict {
            self.mistaken_star(lambda)?;
            self.at = start;
        }
        let found = self.attempt(|p| {
            want!(p.word("*"));
            if p.word(",")?.is_some() {
                want!(p.parameter(lambda, Default::Maybe));
            } else if p.parameter(lambda, Default::None)?.is_none() {
                if lambda {
                    return Ok(None);
                }
                want!(p.attempt(Parser::starred_annotation));
            }
            p.many(|p| p.parameter(lambda, Default::Maybe))?;
            p.attempt(|p| p.double_star(lambda))?;
            Ok(Some(()))
        })?;
        if found.is_some() {
            return Ok(found);
        }
        self.double_star(lambda)
    }

    /// `args: *types`
    fn starred_annotation(&mut self) -> Found<()> {
        want!(self.name_token());
        want!(self.word(":"));
        want!(self.star_expression());
        Ok((self.word(",")?.is_some() || self.sees(&[")"])?).then_some(()))
    }

    fn double_star(&mut self, lambda: bool) -> Found<()> {
        let start = self.at;
        if self.strict {
            self.mistaken_double_star(lambda)?;
            self.at = start;
        }
        want!(self.word("**"));
        want!(self.parameter(lambda, Default::None));
        Ok(Some(()))
    }

    fn mistaken_parameters(&mut self, lambda: bool) -> Result<(), Stop> {
        let start = self.at;
        if let Some(slash) = self.word("/")? {
            if self.sees(&[","])? {
                return Err(self.raise_token(slash, "at least one argument must precede /"));
            }
            self.at = start;
        }
        if let Some(slash) = self.attempt(|p| {
            want!(p.any_slash(lambda));
            p.many(|p| p.parameter(lambda, Default::Maybe))?;
            p.word("/")
        })? {
            return Err(self.raise_token(slash, "/ may appear only once"));
        }
        if let Some(late) = self.attempt(|p| p.late_parameter(lambda))? {
            let message = "parameter without a default follows parameter with a default";
            return Err(self.raise_node(&late, message));
        }
        if let Some((open, close)) = self.attempt(|p| p.parenthesized_parameters(lambda))? {
            let what = if lambda {
                "Lambda expression"
            } else {
                "Function"
            };
            let message = format!("{what} parameters cannot be parenthesized");
            return Err(self.raise_tokens(open, close, message));
        }
        self.misplaced_slash(lambda)
    }

    /// A parameter without a default behind one that has it.
    fn late_parameter(&mut self, lambda: bool) -> Found<Rc<Node>> {
        self.attempt(|p| p.slash(lambda, Default::None))?;
        self.many(|p| p.parameter(lambda, Default::None))?;
        if self.attempt(|p| p.slash(lambda, Default::Some))?.is_none()
            && self
                .many(|p| p.parameter(lambda, Default::Some))?
                .is_empty()
        {
            return Ok(None);
        }
        self.parameter(lambda, Default::None)
    }

    fn parenthesized_parameters(&mut self, lambda: bool) -> Found<(usize, usize)> {
        self.many(|p| p.parameter(lambda, Default::None))?;
        let open = want!(self.word("("));
        if lambda {
            want!(self.listed(|p| p.parameter_name(true)));
        } else if self.many(|p| p.parameter(false, Default::None))?.is_empty() {
            return Ok(None);
        }
        self.word(",")?;
        let close = want!(self.word(")"));
        Ok(Some((open, close)))
    }

    fn misplaced_slash(&mut self, lambda: bool) -> Result<(), Stop> {
        if let Some(slash) = self.attempt(|p| {
            p.any_slash(lambda)?;
            p.many(|p| p.parameter(lambda, Default::Maybe))?;
            want!(p.word("*"));
            if p.word(",")?.is_none() {
                want!(p.parameter(lambda, Default::None));
            }
            p.many(|p| p.parameter(lambda, Default::Maybe))?;
            p.word("/")
        })? {
            return Err(self.raise_token(slash, "/ must be ahead of *"));
        }
        if let Some(star) = self.attempt(|p| {
            if p.many(|p| p.parameter(lambda, Default::Maybe))?.is_empty() {
                return Ok(None);
            }
            want!(p.word("/"));
            p.word("*")
        })? {
            return Err(self.raise_token(star, "expected comma between / and *"));
        }
        Ok(())
    }

    fn mistaken_star(&mut self, lambda: bool) -> Result<(), Stop> {
        let star = self.at;
        let close = Self::close(lambda);
        let bare = self.attempt(|p| {
            want!(p.word("*"));
            if p.word(close)?.is_some() {
                return Ok(Some(()));
            }
            want!(p.word(","));
            Ok(p.one_of(&[close, "**"])?.map(|_| ()))
        })?;
        if bare.is_some() {
            let message = "named arguments must follow bare *";
            return Err(if lambda {
                self.raise_last(ErrorKind::Syntax, message)
            } else {
                self.raise_token(star, message)
            });
        }
        if let Some(equals) = self.attempt(|p| {
            want!(p.word("*"));
            want!(p.parameter_name(lambda));
            p.word("=")
        })? {
            let message = "var-positional argument cannot have default value";
            return Err(self.raise_token(equals, message));
        }
        let name_or_comma = |p: &mut Self| {
            Ok(
                (p.parameter(lambda, Default::None)?.is_some() || p.word(",")?.is_some())
                    .then_some(()),
            )
        };
        if let Some(again) = self.attempt(|p| {
            want!(p.word("*"));
            want!(name_or_comma(p));
            p.many(|p| p.parameter(lambda, Default::Maybe))?;
            let again = want!(p.word("*"));
            want!(name_or_comma(p));
            Ok(Some(again))
        })? {
            return Err(self.raise_token(again, "* argument may appear only once"));
        }
        Ok(())
    }

    fn mistaken_double_star(&mut self, lambda: bool) -> Result<(), Stop> {
        if let Some(equals) = self.attempt(|p| {
            want!(p.word("**"));
            want!(p.parameter_name(lambda));
            p.word("=")
        })? {
            let message = "var-keyword argument cannot have default value";
            return Err(self.raise_token(equals, message));
        }
        if let Some(late) = self.attempt(|p| {
            want!(p.word("**"));
            want!(p.parameter_name(lambda));
            want!(p.word(","));
            match p.parameter_name(lambda)? {
                Some(late) => Ok(Some((late.first, late.last))),
                None => Ok(p.one_of(&["*", "**", "/"])?.map(|at| (at, at))),
            }
        })? {
            let message = "arguments cannot follow var-keyword argument";
            return Err(self.raise_tokens(late.0, late.1, message.into()));
        }
        Ok(())
    }

    /// `[T: int = str, *Ts, **P]`
    pub(super) fn type_parameters(&mut self) -> Found<()> {
        if self.strict
            && let Some(close) = self.attempt(|p| {
                want!(p.word("["));
                p.word("]")
            })?
        {
            return Err(self.raise_from(close, "Type parameter list cannot be empty"));
        }
        self.attempt(|p| {
            want!(p.word("["));
            want!(p.listed(Parser::type_parameter));
            p.word(",")?;
            want!(p.word("]"));
            Ok(Some(()))
        })
    }

    fn type_parameter(&mut self) -> Found<()> {
        if self.name_token()?.is_some() {
            self.attempt(|p| {
                want!(p.word(":"));
                p.expression()
            })?;
            self.attempt(|p| {
                want!(p.word("="));
                p.expression()
            })?;
            return Ok(Some(()));
        }
        if self.strict {
            self.bound_of_many()?;
        }
        let is_tuple = self.word("*")?.is_some();
        if !is_tuple {
            want!(self.word("**"));
        }
        want!(self.name_token());
        self.attempt(|p| {
            want!(p.word("="));
            if is_tuple {
                p.star_expression()
            } else {
                p.expression()
            }
        })?;
        Ok(Some(()))
    }

    fn bound_of_many(&mut self) -> Result<(), Stop> {
        let found = self.attempt(|p| {
            let stars = want!(p.one_of(&["*", "**"]));
            want!(p.name_token());
            let colon = want!(p.word(":"));
            let bound = want!(p.expression());
            Ok(Some((stars, colon, bound.kind)))
        })?;
        let Some((stars, colon, kind)) = found else {
            return Ok(());
        };
        let what = if kind == Kind::Tuple {
            "constraints"
        } else {
            "bound"
        };
        let of = if self.tokens[stars].text == "*" {
            "TypeVarTuple"
        } else {
            "ParamSpec"
        };
        Err(self.raise_from(colon, format!("cannot use {what} with {of}")))
    }

    /// Whether a newline comes next.
    pub(super) fn sees_newline(&mut self) -> Result<bool, Stop> {
        self.sees_kind(token::Kind::Newline)
    }
}
