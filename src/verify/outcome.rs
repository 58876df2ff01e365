//! How a block ended against how its author says it ends.

use crate::diagnostic::{Diagnostic, closest};
use crate::post::{Block, ClaimForm, Post};
use crate::run::{BlockResult, Exception};
use crate::source::Span;

use super::report::Verdict;

/// The mistakes of one block: an exception nobody spoke of, one that was promised and did not come, a limit.
pub fn diagnose(
    post: &Post,
    block: &Block,
    result: &BlockResult,
    verdicts: &[Verdict],
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let fence = fence_line(post, block);
    if let Some(limit) = &result.limit {
        let stopped = Diagnostic::error(
            "limit",
            fence,
            format!("block `{}` was stopped: {limit}", block.id),
        );
        let help = match block.on_cpython {
            true => "`skip=\"reason\"` leaves the block out",
            false => {
                "`<!-- py: limit=50m -->` allows more steps; `skip=\"reason\"` leaves the block out"
            }
        };
        diagnostics.push(stopped.help(help));
        return diagnostics;
    }
    match (&result.exception, &block.raises) {
        (Some(exception), Some(expected)) if !is_a(exception, expected) => {
            let place = place_of(block, exception);
            let told = Diagnostic::error(
                "wrong-exception",
                place,
                format!(
                    "the block raises `{}`, not `{expected}`",
                    exception.type_name
                ),
            );
            let near = closest(expected, exception.bases.iter().map(String::as_str))
                .map(|near| format!("did you mean `raises={near}`?"));
            diagnostics.push(told.label(place, exception.message.clone()).help_if(near));
        }
        (Some(exception), None)
            if !is_claimed(post, block, exception, verdicts)
                && !is_known_syntax_error(post, block, exception) =>
        {
            let place = place_of(block, exception);
            let name = &exception.type_name;
            let message = if exception.message.is_empty() {
                format!("`{name}` is not caught")
            } else {
                format!("{name}: {}", exception.message)
            };
            let told = Diagnostic::error("uncaught-exception", place, message)
                .label(place, "raised here, and not caught");
            let at_prompt = !block.units.is_empty();
            let help = match at_prompt {
                _ if is_lack(exception) && !block.on_cpython => {
                    "`<!-- py: runner=cpython -->` above the block runs it on an installed CPython"
                        .to_owned()
                }
                true => "if it is meant, write its traceback below the statement".to_owned(),
                false => format!(
                    "if it is meant, write `<!-- py: raises={name} -->` above the block, or `# raises {name}` behind the line"
                ),
            };
            diagnostics.push(told.help(help));
        }
        (None, Some(expected)) => {
            diagnostics.push(
                Diagnostic::error(
                    "no-exception",
                    fence,
                    format!("the block does not raise `{expected}`"),
                )
                .help("remove `raises`"),
            );
        }
        _ => {}
    }
    diagnostics
}

/// Whether the engine has not what the block asks for: a package, another process, the network.
fn is_lack(exception: &Exception) -> bool {
    let is_module = exception.type_name == "ModuleNotFoundError";
    is_module || exception.message.contains("programs run here without")
}

fn is_a(exception: &Exception, name: &str) -> bool {
    let is_named =
        |type_name: &str| type_name == name || type_name.rsplit('.').next() == Some(name);
    is_named(&exception.type_name) || exception.bases.iter().any(|base| is_named(base))
}

/// A claim at the line says so: `a[9]  # raises IndexError`.
fn is_claimed(post: &Post, block: &Block, exception: &Exception, verdicts: &[Verdict]) -> bool {
    post.claims_of(block.index).any(|(index, claim)| {
        let says_so = matches!(claim.form, ClaimForm::Raises | ClaimForm::Bare)
            && claim
                .expected
                .starts_with(exception.type_name.rsplit('.').next().unwrap_or_default());
        says_so && verdicts.get(index) == Some(&Verdict::Holds)
    })
}

/// Reading the post has told it already, with a caret.
fn is_known_syntax_error(post: &Post, block: &Block, exception: &Exception) -> bool {
    let told = |diagnostic: &Diagnostic| {
        diagnostic.code == "python-syntax" && block.span.contains(diagnostic.span.start)
    };
    exception.bases.iter().any(|base| base == "SyntaxError") && post.diagnostics.iter().any(told)
}

fn place_of(block: &Block, exception: &Exception) -> Span {
    exception
        .line
        .map_or(block.span, |line| block.line_span(line))
}

/// The line that opens the block.
fn fence_line(post: &Post, block: &Block) -> Span {
    let line = post.source.line_span(post.source.line(block.span.start));
    line.map_or(block.span, |line| Span::new(block.span.start, line.end))
}
