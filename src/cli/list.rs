//! `gieok list`: every block, its options, and how each comment was read. Nothing runs.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::book::Error;
use crate::post::{Block, BlockKind, Claim, ClaimForm, Parts, Post, Reading};
use crate::run::Plan;

use super::report::{Teller, books, plural, write_out};

/// Show every block, its options, and how each comment was read; runs nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Posts, or folders of books; the book in this folder if none is named
    paths: Vec<PathBuf>,
}

/// Lists, and tells the mistakes of form.
pub fn run(args: &Args) -> Result<ExitCode, Error> {
    let mut teller = Teller::default();
    for book in books(&args.paths) {
        match book {
            Ok(book) => {
                teller.tell_book(&book);
                for entry in &book.entries {
                    let plan = book.plan(entry, None).unwrap_or_default();
                    write_out(&list(&entry.post, &plan));
                    teller.tell(&entry.post.source, &entry.post.diagnostics);
                }
            }
            Err(error) => teller.tell_error(&error),
        }
    }
    Ok(if teller.errors > 0 {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The list of one post: writing into a `String` cannot fail.
fn list(post: &Post, plan: &Plan) -> String {
    let mut text = format!("{}", post.source.path().display());
    if plan.compared.len() > 1 {
        let (shown, compared) = (&plan.shown, plan.compared.join(", "));
        let _ = write!(text, "  Python {shown}, compared {compared}");
    }
    text.push('\n');
    for block in &post.blocks {
        let line = post.source.line(block.span.start);
        let language = if block.language.is_empty() {
            "no language"
        } else {
            &block.language
        };
        let heading = block
            .heading_path
            .last()
            .map(String::as_str)
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "\n{line:>5}  {}  {language}{}  {heading}",
            block.id,
            options(block)
        );
        if block.kind == BlockKind::Python {
            list_comments(post, block, &mut text);
        }
    }
    let remarks = post
        .comments
        .iter()
        .filter(|comment| comment.reading == Reading::Remark)
        .count();
    let counts = [
        plural(post.runnable().count(), "block"),
        plural(post.claims.len(), "claim"),
        plural(remarks, "remark"),
    ];
    let _ = writeln!(text, "\n{}\n", counts.join(", "));
    text
}

fn list_comments(post: &Post, block: &Block, text: &mut String) {
    for comment in post
        .comments
        .iter()
        .filter(|comment| comment.block == block.index)
    {
        let line = post.source.line(comment.span.start);
        let reading = match comment.reading {
            Reading::Claim(index) => post.claims.get(index).map(describe).unwrap_or_default(),
            Reading::Remark => "remark".to_owned(),
            Reading::Hide => "hides the line".to_owned(),
            Reading::Annotation => "a note below the block".to_owned(),
        };
        let _ = writeln!(text, "{line:>7}  {}\n           {reading}", comment.text);
    }
    let at_prompt = block.units.iter().flat_map(|unit| &unit.shown);
    for (start, shown) in at_prompt {
        let line = post.source.line(*start);
        let claim = post
            .claims_of(block.index)
            .find(|(_, claim)| claim.span.start == *start);
        let reading =
            claim.map_or_else(|| "shown at the prompt".to_owned(), |(_, it)| describe(it));
        let _ = writeln!(text, "{line:>7}  {shown}\n           {reading}");
    }
    for draw in post.draws_of(block.index) {
        let _ = writeln!(
            text,
            "{:>7}  draws {}",
            post.source.line(draw.span.start),
            draw.names.join(", ")
        );
    }
}

/// A claim in words.
fn describe(claim: &Claim) -> String {
    let expression = claim
        .expression
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let (kind, says) = match claim.form {
        ClaimForm::Bare => ("claim", "is"),
        ClaimForm::Value => ("claim =>", "is"),
        ClaimForm::Output => ("claim #>", "prints"),
        ClaimForm::Raises => ("claim raises", "raises"),
        ClaimForm::About => ("claim ~>", "is about"),
    };
    let note = if claim.note.is_empty() {
        String::new()
    } else {
        format!("; note: {}", claim.note)
    };
    let versions = claim
        .versions
        .map(|versions| format!("; for {versions}"))
        .unwrap_or_default();
    format!(
        "{kind}: `{expression}` {says} `{}`{note}{versions}",
        claim.expected
    )
}

/// The lines that the page points at, as an author writes them.
fn lines(block: &Block) -> Option<String> {
    let part = |lines: &std::ops::RangeInclusive<usize>| match (lines.start(), lines.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    };
    let parts: Vec<String> = block.highlighted.iter().map(part).collect();
    (!parts.is_empty()).then(|| parts.join(","))
}

/// The options that a block has, as they could be written.
fn options(block: &Block) -> String {
    let quoted = |text: &Option<String>| text.as_ref().map(|text| format!("\"{text}\""));
    let show = match block.show {
        Parts::Both => None,
        Parts::Source => Some("source".to_owned()),
        Parts::Result => Some("result".to_owned()),
        Parts::None => Some("none".to_owned()),
    };
    let named = [
        ("session", block.session.clone()),
        ("from", block.from.clone()),
        ("raises", block.raises.clone()),
        ("py", block.versions.map(|versions| versions.to_string())),
        ("hl", lines(block)),
        ("skip", quoted(&block.skip)),
        ("fold", quoted(&block.fold)),
        ("limit", block.step_limit.map(|steps| steps.to_string())),
        ("show", show),
    ];
    let flags = [
        ("fresh", block.fresh),
        ("parse", block.parse_only),
        ("runner=cpython", block.on_cpython),
        ("unstable", block.unstable),
        ("setup", !block.setups.is_empty()),
    ];
    let named = named
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| format!("{name}={value}")));
    let flags = flags
        .into_iter()
        .filter(|(_, set)| *set)
        .map(|(name, _)| name.to_owned());
    let options: Vec<String> = named.chain(flags).collect();
    if options.is_empty() {
        String::new()
    } else {
        format!("  [{}]", options.join(" "))
    }
}
