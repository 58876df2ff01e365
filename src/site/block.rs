//! A block and what came of it: one object on the page, code above, result below.

use super::code::{self, LineLook, Mark};
use super::highlight::{self, highlight};
use super::keep::Shelf;
use super::kept;
use super::version;
use super::wording;
use crate::config::Words;
use crate::diagram::svg::{escape, escape_content};
use crate::post::{Block, BlockKind, ClaimForm, ConsoleUnit, Parts, Post};
use crate::run::{BlockResult, Exception, Results};
use crate::verify::difference::{self, Group};
use crate::verify::{Report, Verdict};

/// What a block needs to be shown.
pub struct Context<'a> {
    /// The post it is of.
    pub post: &'a Post,
    /// Where its pictures and colours are kept.
    pub shelf: &'a dyn Shelf,
    /// What its blocks did.
    pub results: &'a Results,
    /// What we found about its claims.
    pub report: &'a Report,
    /// What its blocks did under each version that is compared, the oldest first.
    pub runs: &'a [Results],
    /// The page's words.
    pub words: &'a Words,
}

/// More lines of output than this are folded.
const OUTPUT_LINES_MAX: usize = 20;

/// How it went, for the small mark in a block's corner.
enum Status {
    /// As it should.
    Good(String),
    /// Not as it should.
    Bad(String),
    /// Nothing to say of it.
    Neutral(String),
}

/// Writes a block of code with its result.
pub fn html(context: &Context<'_>, block: &Block) -> String {
    let result = context.results.of(block.index);
    if block.show == Parts::None {
        return String::new();
    }
    let status = status(context, block, result);
    let state = match &status {
        Some(Status::Good(_)) => " good",
        Some(Status::Bad(_)) => " bad",
        _ => "",
    };
    let kind = if block.kind == BlockKind::Python {
        "python"
    } else {
        "other"
    };
    let mut html = format!(
        "<figure class=\"code {kind}{state}\" id=\"{}\">\n",
        escape(&anchor(context.post, block))
    );
    if block.show != Parts::Result {
        html.push_str(&bar(context, block, status.as_ref()));
    }
    // What is folded is folded whole: an answer that stands open below is given away.
    if let Some(title) = &block.fold {
        let title = if title.is_empty() {
            &context.words.more_code
        } else {
            title
        };
        let title = escape_content(title);
        html.push_str(&format!(
            "<details class=\"fold\"><summary>{title}</summary>\n"
        ));
    }
    if block.show != Parts::Result {
        html.push_str(&source(context, block, result));
    }
    if let (true, Some(result)) = (block.show != Parts::Source, result) {
        match outcomes(context, block) {
            groups if groups.len() > 1 => by_version(&mut html, context, block, &groups),
            // A session has shown it all, statement by statement.
            _ if !block.units.is_empty() && block.show == Parts::Both => {
                if !result.stderr.is_empty() {
                    stream(
                        &mut html,
                        context.words,
                        "stderr",
                        &context.words.errors,
                        &result.stderr,
                        &[],
                    );
                }
            }
            _ => {
                let verdicts = &context.report.verdicts;
                output(&mut html, context, block, result, verdicts, &[]);
            }
        }
    }
    if block.fold.is_some() {
        html.push_str("</details>\n");
    }
    html.push_str("</figure>\n");
    html
}

/// What links to a note below a block.
pub fn note_anchor(post: &Post, block: &Block, number: usize) -> String {
    format!("{}.{number}", anchor(post, block))
}

/// What links to a block: its id, unless a heading has the same.
pub fn anchor(post: &Post, block: &Block) -> String {
    if post
        .headings
        .iter()
        .any(|heading| heading.anchor == block.id)
    {
        format!("code.{}", block.id)
    } else {
        block.id.clone()
    }
}

/// Says whether the author said that a block ends with this exception: by its option, or by a claim that holds.
pub fn is_expected(
    post: &Post,
    block: &Block,
    exception: &Exception,
    verdicts: &[Verdict],
) -> bool {
    let by_option = block
        .raises
        .as_ref()
        .is_some_and(|raises| exception.type_name == *raises || exception.bases.contains(raises));
    let by_claim = || {
        post.claims_of(block.index).any(|(index, claim)| {
            claim.form == ClaimForm::Raises && verdicts.get(index) == Some(&Verdict::Holds)
        })
    };
    by_option || by_claim()
}

fn bar(context: &Context<'_>, block: &Block, status: Option<&Status>) -> String {
    let language = match block.language.as_str() {
        "text" | "txt" | "plain" => &context.words.plain_text,
        "console" | "sh" | "bash" | "shell" => &context.words.terminal,
        // A session at the prompt shows that it is one.
        "pycon" | "pyrepl" | "doctest" => highlight::name("python"),
        language => highlight::name(language),
    };
    let status = match status {
        Some(Status::Good(text)) => format!(
            "<span class=\"status good\"><span aria-hidden=\"true\">✓</span> {}</span>",
            escape(text)
        ),
        Some(Status::Bad(text)) => format!(
            "<span class=\"status bad\"><span aria-hidden=\"true\">✗</span> {}</span>",
            escape(text)
        ),
        Some(Status::Neutral(text)) => format!("<span class=\"status\">{}</span>", escape(text)),
        None => String::new(),
    };
    let versions = match block.versions {
        Some(range) => format!(
            "<span class=\"belongs\">{}</span>",
            escape(&context.words.python(&version::range(context.words, range)))
        ),
        None => String::new(),
    };
    let runner = match block.on_cpython && block.runs() {
        true => {
            let version = context.results.version_of(block.index);
            let text = context.words.on_cpython.replace("{version}", version);
            format!("<span class=\"belongs\">{}</span>", escape(&text))
        }
        false => String::new(),
    };
    let reveal = match hidden_count(block) {
        0 => String::new(),
        count => format!(
            "<label class=\"reveal\"><input type=\"checkbox\">{}</label>",
            escape_content(&context.words.hidden(count))
        ),
    };
    let copy = format!(
        "<button class=\"copy\" type=\"button\" hidden data-done=\"{}\">{}</button>",
        escape(&context.words.copied),
        escape_content(&context.words.copy)
    );
    format!(
        "<div class=\"bar\"><span class=\"language\">{}{versions}{runner}</span>{status}{reveal}{copy}</div>\n",
        escape(language)
    )
}

/// How many lines a reader does not see at first: setup, and those that say `# hide`.
fn hidden_count(block: &Block) -> usize {
    let setups = block.setups.iter().map(|setup| setup.code.lines().count());
    setups.sum::<usize>() + block.lines.iter().filter(|line| line.hidden).count()
}

/// The setup of a block, as lines that are not seen at first.
fn setups(block: &Block) -> String {
    let mut html = String::new();
    for setup in &block.setups {
        let pieces = highlight("python", &setup.code);
        html.push_str(&code::html(&setup.code, &pieces, &[], |_| LineLook::Hidden));
    }
    html
}

/// The code with colours, marks by its claims, and the failed line.
fn source(context: &Context<'_>, block: &Block, result: Option<&BlockResult>) -> String {
    let pieces = kept::colours_of(context.shelf, block);
    let marks = marks(context, block);
    let failed = result
        .and_then(|result| result.exception.as_ref())
        .and_then(|exception| exception.line);
    let look = |line: usize| match block.lines.get(line - 1) {
        Some(found) if found.hidden => LineLook::Hidden,
        _ if failed == Some(line) => LineLook::Failed,
        _ if block.is_highlighted(line) => LineLook::Highlighted,
        _ => LineLook::Plain,
    };
    let mut code = code::html(&block.code, &pieces, &marks, look);
    if let Some(unit) = block.units.last() {
        code.push_str(&shown(context, unit, result));
    }
    let setups = setups(block);
    format!("<pre tabindex=\"0\"><code translate=\"no\">{setups}{code}</code></pre>\n")
}

/// What is set into the code: verdicts, the marks of notes, nothing in the place of `# hide`.
fn marks(context: &Context<'_>, block: &Block) -> Vec<Mark> {
    let mut marks = verdicts(context, block);
    marks.extend(prompts(context, block));
    for (index, annotation) in block.annotations.iter().enumerate() {
        let number = annotation.number;
        let is_first = !block
            .annotations
            .iter()
            .take(index)
            .any(|earlier| earlier.number == number);
        let note = note_anchor(context.post, block, number);
        let id = match is_first {
            true => format!(" id=\"{}\"", escape(&format!("{note}.line"))),
            false => String::new(),
        };
        let label = escape(&context.words.note_number(number));
        marks.push(Mark {
            at: annotation.range.start,
            until: annotation.range.end,
            html: format!(
                "<a class=\"ref\"{id} href=\"#{}\" aria-label=\"{label}\">{number}</a>",
                escape(&note)
            ),
        });
    }
    for (index, line) in block.lines.iter().enumerate() {
        let text = block.line_text(index + 1);
        if let Some(code) = text.trim_end().strip_suffix("hide").filter(|_| line.hidden) {
            let kept = code.trim_end().trim_end_matches('#').trim_end().len();
            marks.push(Mark {
                at: line.code_start + kept,
                until: line.code_start + text.len(),
                html: String::new(),
            });
        }
    }
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// The prompts of a session, and below each statement what it showed.
fn prompts(context: &Context<'_>, block: &Block) -> Vec<Mark> {
    let result = context.results.of(block.index);
    let mut marks = Vec::new();
    let mut above: Option<&ConsoleUnit> = None;
    for unit in &block.units {
        for line in unit.lines.clone() {
            let is_first = line == *unit.lines.start();
            let mut html = match above.filter(|_| is_first) {
                Some(above) => shown(context, above, result),
                None => String::new(),
            };
            let sign = if is_first { "&gt;&gt;&gt; " } else { "... " };
            html.push_str(&format!("<span class=\"prompt\">{sign}</span>"));
            let at = block.lines.get(line - 1).map_or(0, |line| line.code_start);
            marks.push(mark(at, html));
        }
        above = Some(unit);
    }
    marks
}

/// What a statement showed at the prompt, with the verdict on what its author wrote there; before it ran, that.
fn shown(context: &Context<'_>, unit: &ConsoleUnit, result: Option<&BlockResult>) -> String {
    let words = context.words;
    let text = match result {
        Some(result) => {
            let here = |line: Option<usize>| line.is_some_and(|line| unit.lines.contains(&line));
            let printed = result.printed.iter().filter(|printed| here(printed.line));
            printed.map(|printed| result.text_of(printed)).collect()
        }
        None => {
            let lines = unit.shown.iter().map(|(_, line)| format!("{line}\n"));
            lines.collect::<String>()
        }
    };
    let nothing = format!("({})", words.nothing);
    let mut lines: Vec<&str> = text.lines().collect();
    let starts: Vec<usize> = unit.shown.iter().map(|(start, _)| *start).collect();
    let claims = context.post.claims.iter().zip(&context.report.verdicts);
    let claims: Vec<_> = claims
        .enumerate()
        .filter(|(_, (claim, _))| starts.contains(&claim.span.start))
        .collect();
    if lines.is_empty() && !claims.is_empty() && result.is_some() {
        lines.push(&nothing);
    }
    // Each verdict stands at the end of the line that it is about; a traceback is told at its end.
    let last = lines.len().saturating_sub(1);
    let mut told = vec![String::new(); lines.len()];
    for (place, (index, (claim, verdict))) in claims.into_iter().enumerate() {
        let line = match claim.form {
            ClaimForm::Raises => last,
            _ => place.min(last),
        };
        if let Some(told) = told.get_mut(line) {
            told.push_str(&beside(context, index, verdict));
        }
    }
    let mut html = String::new();
    for (line, told) in lines.iter().zip(told) {
        let line = escape_content(line);
        html.push_str(&format!("<span class=\"out\">{line}{told}\n</span>"));
    }
    html
}

/// The verdict on what an author wrote below a statement; the truth stands there itself.
fn beside(context: &Context<'_>, index: usize, verdict: &Verdict) -> String {
    let words = context.words;
    let expected = context
        .post
        .claims
        .get(index)
        .map_or("", |claim| &claim.expected);
    let note = version::note(context.post, context.report, index);
    let note = note.map(|note| format!("<span class=\"claim note\">{}</span>", note.html(words)));
    let sign = match verdict {
        Verdict::Holds => format!(
            "<span class=\"claim good\" role=\"img\" title=\"{}\">✓</span>",
            escape(&words.claim_holds)
        ),
        Verdict::Contradicted { .. } => format!(
            "<span class=\"claim bad\"><span aria-hidden=\"true\">✗</span> <s class=\"wrong\">{}</s></span>",
            escape_content(&shortened(expected))
        ),
        _ => String::new(),
    };
    sign + &note.unwrap_or_default()
}

/// A mark behind each claim: it holds, or what is true instead.
fn verdicts(context: &Context<'_>, block: &Block) -> Vec<Mark> {
    let words = context.words;
    let mut marks = Vec::new();
    for (index, claim) in context.post.claims_of(block.index) {
        let Some(verdict) = context.report.verdicts.get(index) else {
            continue;
        };
        let (Some(start), Some(end)) = (
            code_offset(block, claim.expected_span.start),
            code_offset(block, claim.span.end),
        ) else {
            continue;
        };
        // The mark of a note stands behind the claim that it is written with.
        let end = block
            .annotations
            .iter()
            .map(|annotation| &annotation.range)
            .find(|range| range.end == end && range.start < end)
            .map_or(end, |range| range.start);
        let quiet = |sign: &str, reason: &str| {
            format!(
                "<span class=\"claim\" role=\"img\" title=\"{}\">{sign}</span>",
                escape(reason)
            )
        };
        let html = match verdict {
            Verdict::Holds => {
                let sign = format!(
                    "<span class=\"claim good\" role=\"img\" title=\"{}\">✓</span>",
                    escape(&words.claim_holds),
                );
                match version::note(context.post, context.report, index) {
                    Some(note) => {
                        format!(
                            "{sign}<span class=\"claim note\">{}</span>",
                            note.html(words)
                        )
                    }
                    None => sign,
                }
            }
            Verdict::Contradicted { found } => {
                let (open, close) = ("<s class=\"wrong\">".to_owned(), "</s>".to_owned());
                marks.push(mark(start, open));
                marks.push(mark(start + claim.expected.len(), close));
                let instead = match version::note(context.post, context.report, index) {
                    Some(note) => note.html(words),
                    None => format!(
                        "{} <b>{}</b>",
                        escape_content(&words.claim_wrong),
                        escape(&shortened(&wording::found(words, found)))
                    ),
                };
                format!(
                    "<span class=\"claim bad\"><span aria-hidden=\"true\">✗</span> {instead}</span>"
                )
            }
            Verdict::NotReached => quiet("–", &words.claim_not_reached),
            Verdict::Unjudged { reason } => {
                let why = wording::unclear(words, *reason);
                quiet("·", &format!("{}: {why}", words.claim_unjudged))
            }
            Verdict::OtherVersion => format!(
                "<span class=\"claim other\" title=\"{}\">{}</span>",
                escape(&words.claim_other_version),
                escape_content(&words.other_version)
            ),
        };
        marks.push(mark(end, html));
    }
    marks
}

/// Something between two characters.
fn mark(at: usize, html: String) -> Mark {
    Mark {
        at,
        until: at,
        html,
    }
}

/// Where a byte of the post's source stands in the block's code.
fn code_offset(block: &Block, source_offset: usize) -> Option<usize> {
    let line = block
        .lines
        .partition_point(|line| line.source_start <= source_offset)
        .checked_sub(1)?;
    let length = block.line_text(line + 1).len();
    let line = block.lines.get(line)?;
    let within = source_offset - line.source_start;
    // What is shown at a prompt stands between lines of code.
    (block.units.is_empty() || within <= length)
        .then(|| (line.code_start + within).min(block.code.len()))
}

/// The first line of a value, and no more of it than fits beside a comment.
pub fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut short: String = line.chars().take(100).collect();
    if short.len() < text.trim_end().len() {
        short.push('…');
    }
    short
}

fn status(context: &Context<'_>, block: &Block, result: Option<&BlockResult>) -> Option<Status> {
    let words = context.words;
    if block.kind != BlockKind::Python {
        return None;
    }
    if let Some(reason) = &block.skip {
        let text = if reason.is_empty() {
            words.not_run.clone()
        } else {
            format!("{}: {reason}", words.not_run)
        };
        return Some(Status::Neutral(text));
    }
    if block.parse_only {
        return Some(Status::Neutral(words.syntax_only.clone()));
    }
    let Some(result) = result else {
        return Some(Status::Neutral(words.not_executed.clone()));
    };
    if let Some(stopped) = wording::stopped(words, result) {
        return Some(Status::Bad(stopped));
    }
    if let Some(exception) = &result.exception {
        return Some(
            match is_expected(context.post, block, exception, &context.report.verdicts) {
                true => Status::Good(format!(
                    "{}: {}",
                    words.expected_exception, exception.type_name
                )),
                false => Status::Bad(format!("{}: {}", words.raised, exception.type_name)),
            },
        );
    }
    let verdicts = || {
        context
            .post
            .claims_of(block.index)
            .filter_map(|(index, _)| context.report.verdicts.get(index))
    };
    let held = verdicts()
        .filter(|verdict| **verdict == Verdict::Holds)
        .count();
    let wrong = verdicts()
        .filter(|verdict| matches!(verdict, Verdict::Contradicted { .. }))
        .count();
    Some(match (wrong, held) {
        (0, 0) if result.stdout.is_empty() => Status::Good(words.ran_silently.clone()),
        (0, 0) => Status::Good(words.ran.clone()),
        (0, _) => Status::Good(words.claims(held, held)),
        _ => Status::Bad(words.claims(held, held + wrong)),
    })
}

/// What the block printed, standard output first; an uncaught exception is marked as such.
/// `changed` tells the lines of the output that not all versions print; it is empty where nobody needs to know.
fn output(
    html: &mut String,
    context: &Context<'_>,
    block: &Block,
    result: &BlockResult,
    verdicts: &[Verdict],
    changed: &[bool],
) {
    let words = context.words;
    if !result.stdout.is_empty() {
        stream(
            html,
            words,
            "stdout",
            &words.output,
            &result.stdout,
            changed,
        );
    }
    if !result.stderr.is_empty() {
        let (class, label) = match &result.exception {
            Some(exception) if is_expected(context.post, block, exception, verdicts) => {
                ("stderr expected", &words.exception)
            }
            Some(_) => ("stderr exception", &words.exception),
            None => ("stderr", &words.errors),
        };
        stream(html, words, class, label, &result.stderr, &[]);
    }
}

/// The groups of versions that agree on what came of a block; one at most where nobody asked for more.
fn outcomes(context: &Context<'_>, block: &Block) -> Vec<Group<String>> {
    match block.unstable {
        true => Vec::new(),
        false => difference::groups(context.runs, block.index),
    }
}

/// Results under several versions, one group of versions after the other; the page's script makes tabs of them.
fn by_version(html: &mut String, context: &Context<'_>, block: &Block, groups: &[Group<String>]) {
    let words = context.words;
    let shown = context.results.version_of(block.index);
    html.push_str(&format!(
        "<div class=\"versions\" role=\"group\" aria-label=\"{}\">\n",
        escape(&words.versions)
    ));
    let first = |group: &Group<String>| context.runs.get(*group.versions.first()?);
    let texts: Vec<&str> = groups
        .iter()
        .map(|group| {
            let result = first(group).and_then(|run| run.of(block.index));
            result.map_or("", |result| result.stdout.as_str())
        })
        .collect();
    for (place, group) in groups.iter().enumerate() {
        let (Some(run), Some(at)) = (first(group), group.versions.first()) else {
            continue;
        };
        let (Some(result), Some(verdicts)) = (run.of(block.index), context.report.matrix.get(*at))
        else {
            continue;
        };
        let compared = &context.report.compared;
        let names = group.versions.iter().filter_map(|at| compared.get(*at));
        let names: Vec<&str> = names.map(String::as_str).collect();
        let class = match names.contains(&shown) {
            true => "version shown",
            false => "version",
        };
        let label = version::label(compared, &group.versions);
        html.push_str(&format!(
            "<div class=\"{class}\" data-versions=\"{}\" data-label=\"{}\"><p class=\"name\">{}</p>\n",
            escape(&names.join(" ")),
            escape(&label),
            escape(&words.python(&label))
        ));
        let changed = version::changed(&texts, place);
        output(html, context, block, result, verdicts, &changed);
        if result.stdout.is_empty() && result.stderr.is_empty() {
            html.push_str(&format!(
                "<div class=\"output\"><span class=\"label\">{}</span></div>\n",
                escape(&words.ran_silently)
            ));
        }
        html.push_str("</div>\n");
    }
    html.push_str("</div>\n");
}

fn stream(
    html: &mut String,
    words: &Words,
    class: &str,
    label: &str,
    text: &str,
    changed: &[bool],
) {
    let text = text.trim_end_matches('\n');
    let lines = text.lines().count();
    let content = match changed.contains(&true) {
        true => marked(text, changed),
        false => escape_content(text) + "\n",
    };
    let pre = format!("<pre tabindex=\"0\"><samp translate=\"no\">{content}</samp></pre>");
    let label = escape(label);
    if lines > OUTPUT_LINES_MAX {
        html.push_str(&format!(
            "<details class=\"output {class}\"><summary>{label} · {}</summary>{pre}</details>\n",
            escape_content(&words.lines(lines))
        ));
    } else {
        html.push_str(&format!(
            "<div class=\"output {class}\"><span class=\"label\">{label}</span>{pre}</div>\n"
        ));
    }
}

/// The lines of a text as HTML, those marked that are changed.
fn marked(text: &str, changed: &[bool]) -> String {
    let mut html = String::with_capacity(text.len() * 2);
    for (index, line) in text.lines().enumerate() {
        let line = escape_content(line);
        match changed.get(index) {
            Some(true) => html.push_str(&format!("<mark class=\"changed\">{line}</mark>\n")),
            _ => {
                html.push_str(&line);
                html.push('\n');
            }
        }
    }
    html
}
