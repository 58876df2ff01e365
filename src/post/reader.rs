//! From the text of a post to its pieces: one walk over the Markdown.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, Severity, closest};
use crate::source::{Source, Span};

use super::block::{Block, BlockKind, Setup};
use super::body::Body;
use super::directive::{self, Directive, DirectiveKind};
use super::emphasis::{self, Placed};
use super::front_matter::FrontMatter;
use super::heading::{Anchors, Heading, HeadingPath};
use super::jekyll::{self, Covered, uncover};
use super::{Post, annotation, console, draw, fence, option, reading};

/// Reads the Markdown behind the front matter.
pub fn read(source: Source, front_matter: FrontMatter, diagnostics: Vec<Diagnostic>) -> Post {
    let covered = jekyll::cover(source.text(), front_matter.span.end);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let events = Parser::new_ext(&covered.text, options).into_offset_iter();
    let events = emphasis::pair(&covered.text, events);
    let post = Post {
        source,
        front_matter,
        body: Body::default(),
        headings: Vec::new(),
        blocks: Vec::new(),
        claims: Vec::new(),
        comments: Vec::new(),
        draws: Vec::new(),
        diagnostics,
    };
    let mut reader = Reader {
        covered: &covered,
        post,
        anchors: Anchors::default(),
        path: HeadingPath::default(),
        pending: Pending::default(),
        ids: Ids::default(),
    };
    reader.walk(events);
    reader.finish()
}

/// What waits for the next block.
#[derive(Default)]
struct Pending {
    options: Vec<(Vec<option::Word>, Span)>,
    setups: Vec<Setup>,
}

struct Reader<'a> {
    covered: &'a Covered,
    post: Post,
    anchors: Anchors,
    path: HeadingPath,
    pending: Pending,
    ids: Ids,
}

impl Reader<'_> {
    fn walk(&mut self, mut events: Vec<Placed<'_>>) {
        let mut at = 0;
        while at < events.len() {
            // Most of a text is taken as it is; everything that looks around looks ahead.
            if let Some((event, range)) = events.get_mut(at)
                && !matches!(event, Event::Start(_) | Event::InlineHtml(_))
            {
                let event = std::mem::replace(event, Event::Rule);
                self.push(event, range.clone());
                at += 1;
                continue;
            }
            let Some((event, range)) = events.get(at) else {
                return;
            };
            let span = Span::from(range.clone());
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let end = end_of(&events, at, |end| matches!(end, TagEnd::CodeBlock));
                    let note_count = items_at(&events, end + 1);
                    let texts = events.get(at + 1..end).unwrap_or_default();
                    self.block(info, span, texts, note_count);
                    at = end;
                }
                Event::Start(Tag::HtmlBlock) => {
                    let end = end_of(&events, at, |end| matches!(end, TagEnd::HtmlBlock));
                    if !self.directives(range.clone()) {
                        self.options_without_block();
                        events
                            .get(at..=end)
                            .unwrap_or_default()
                            .iter()
                            .for_each(|(event, range)| self.push(event.clone(), range.clone()));
                    }
                    at = end;
                }
                Event::InlineHtml(_) if self.directives(range.clone()) => {}
                Event::Start(Tag::Heading { level, .. }) => {
                    self.options_without_block();
                    let end = end_of(&events, at, |end| matches!(end, TagEnd::Heading(_)));
                    self.heading(*level, span, events.get(at..=end).unwrap_or_default());
                    at = end;
                }
                Event::Start(_) => {
                    // A list or a quote may hold the block that the options are for.
                    if !matches!(
                        event,
                        Event::Start(Tag::List(_) | Tag::Item | Tag::BlockQuote(_))
                    ) {
                        self.options_without_block();
                    }
                    self.push(event.clone(), range.clone());
                }
                _ => self.push(event.clone(), range.clone()),
            }
            at += 1;
        }
    }

    fn finish(mut self) -> Post {
        self.options_without_block();
        if let Some(setup) = self.pending.setups.first() {
            let lonely = Diagnostic::error(
                "setup-without-block",
                setup.span,
                "no block follows this setup",
            );
            self.post
                .diagnostics
                .push(lonely.help("setup runs before the next Python block"));
        }
        self.check_forks();
        self.post.body.shrink_to_fit();
        self.post
            .diagnostics
            .sort_by_key(|diagnostic| diagnostic.span);
        self.post
    }

    fn push(&mut self, event: Event<'_>, range: Range<usize>) {
        let event = match event {
            Event::Text(text) => Event::Text(cleaned(text)),
            Event::Code(text) => Event::Code(cleaned(text)),
            Event::Html(text) => Event::Html(without_markdown_attribute(cleaned(text))),
            Event::InlineHtml(text) => Event::InlineHtml(without_markdown_attribute(cleaned(text))),
            other => other,
        };
        let Post { source, body, .. } = &mut self.post;
        body.push(source.text(), event, Span::from(range));
    }

    fn block(&mut self, info: &CowStr<'_>, span: Span, texts: &[Placed<'_>], note_count: usize) {
        let mut block = fence::block(self.covered, info, span, texts, &mut self.post.diagnostics);
        block.index = self.post.blocks.len();
        block.heading_path = self.path.texts();
        let pending = std::mem::take(&mut self.pending.options);
        if block.kind == BlockKind::Python {
            block.setups = std::mem::take(&mut self.pending.setups);
            for (words, _) in &pending {
                option::apply(
                    &mut block,
                    words,
                    Severity::Error,
                    &mut self.post.diagnostics,
                );
            }
            if block.session.is_none()
                && self.post.front_matter.page_session
                && !block.fresh
                && block.from.is_none()
            {
                block.session = Some("page".to_owned());
            }
        } else if block.kind == BlockKind::Other
            && pending
                .iter()
                .all(|(words, _)| option::for_any_code(words.clone()).len() == words.len())
        {
            for (words, _) in &pending {
                option::apply(
                    &mut block,
                    words,
                    Severity::Error,
                    &mut self.post.diagnostics,
                );
            }
        } else {
            let not_python = |(_, span)| {
                let told = Diagnostic::error(
                    "options-without-block",
                    span,
                    "the block below is not Python",
                );
                told.help("`<!-- py: … -->` speaks to a fenced block with the word `python`; other code may have `fold`, `hl` and `id`")
            };
            self.post
                .diagnostics
                .extend(pending.into_iter().map(not_python));
        }
        self.ids.name(&mut block, &mut self.post.diagnostics);
        if block.kind == BlockKind::Python {
            let comments = reading::read(
                &mut block,
                note_count,
                &mut self.post.claims,
                &mut self.post.diagnostics,
            );
            self.post.comments.extend(comments);
            self.post.claims.extend(console::claims(&block));
        } else if block.kind == BlockKind::Other {
            annotation::find_in_lines(&mut block, note_count);
        }
        self.post
            .diagnostics
            .extend(annotation::diagnose(&block, note_count));
        self.post.body.push_block(block.index);
        self.post.blocks.push(block);
    }

    /// Reads the directives that a piece of HTML consists of; false if it holds anything else.
    fn directives(&mut self, range: Range<usize>) -> bool {
        let covered = self.covered;
        let (directives, more) = directive::find(
            covered.text.get(range.clone()).unwrap_or_default(),
            range.start,
        );
        if directives.is_empty() {
            return false;
        }
        directives
            .iter()
            .for_each(|directive| self.directive(directive));
        !more
    }

    fn directive(&mut self, directive: &Directive<'_>) {
        if !directive.closed {
            let line = self
                .post
                .source
                .line_span(self.post.source.line(directive.span.start))
                .unwrap_or(directive.span);
            let place = Span::new(directive.span.start, line.end);
            let unclosed =
                Diagnostic::error("unclosed-comment", place, "this comment is not closed");
            self.post.diagnostics.push(
                unclosed
                    .label(place, "everything below is part of it")
                    .help("end it with `-->`"),
            );
            return;
        }
        match directive.kind {
            DirectiveKind::Draw => self.draw(directive),
            DirectiveKind::Options => {
                let after = directive.text.trim_start();
                match after
                    .strip_prefix("setup")
                    .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
                {
                    Some(code) => self.pending.setups.push(Setup {
                        code: code
                            .trim_start_matches([' ', '\r', '\n'])
                            .trim_end()
                            .to_owned()
                            + "\n",
                        span: directive.span,
                    }),
                    None => self.pending.options.push((
                        option::words(directive.text, directive.start),
                        directive.span,
                    )),
                }
            }
        }
    }

    fn draw(&mut self, directive: &Directive<'_>) {
        let Some(block) = self
            .post
            .blocks
            .iter()
            .rfind(|block| block.kind == BlockKind::Python)
        else {
            let lonely = Diagnostic::error(
                "draw-without-block",
                directive.span,
                "there is no Python block above this drawing",
            );
            self.post
                .diagnostics
                .push(lonely.help("write it under the block whose end it draws"));
            return;
        };
        if !block.runs() {
            let told = Diagnostic::error(
                "draw-without-block",
                directive.span,
                format!(
                    "block `{}` does not run: there is nothing to draw",
                    block.id
                ),
            );
            self.post.diagnostics.push(told);
        } else if block.on_cpython {
            let told = Diagnostic::error(
                "draw-without-block",
                directive.span,
                format!(
                    "block `{}` runs on an installed CPython, whose memory cannot be drawn",
                    block.id
                ),
            );
            let help = "leave out `runner=cpython`: the engine's memory can be drawn";
            self.post.diagnostics.push(told.help(help));
        }
        let (draw, diagnostics) =
            draw::parse(directive.text, directive.start, block.index, directive.span);
        self.post.diagnostics.extend(diagnostics);
        self.post.body.push_draw(self.post.draws.len());
        self.post.draws.push(draw);
    }

    fn heading(&mut self, level: HeadingLevel, span: Span, events: &[Placed<'_>]) {
        let mut text = String::new();
        for (event, _) in events {
            match event {
                Event::Text(piece) | Event::Code(piece) => text.push_str(piece),
                Event::SoftBreak | Event::HardBreak => text.push(' '),
                _ => {}
            }
        }
        let text = uncover(&text);
        let (text, own) = own_anchor(&text);
        let anchor = match own {
            Some(own) => self.anchors.unique(own.to_owned()),
            None => self.anchors.of(text),
        };
        self.path.enter(level as u8, text);
        self.post.headings.push(Heading {
            level: level as u8,
            text: text.to_owned(),
            anchor: anchor.clone(),
            span,
        });
        for (event, range) in events {
            let event = match event {
                Event::Start(Tag::Heading {
                    level,
                    classes,
                    attrs,
                    ..
                }) => Event::Start(Tag::Heading {
                    level: *level,
                    id: Some(anchor.clone().into()),
                    classes: classes.clone(),
                    attrs: attrs.clone(),
                }),
                Event::Text(piece) => Event::Text(own_anchor(piece).0.into()),
                other => other.clone(),
            };
            self.push(event, range.clone());
        }
    }

    fn options_without_block(&mut self) {
        for (_, span) in std::mem::take(&mut self.pending.options) {
            let lonely = Diagnostic::error(
                "options-without-block",
                span,
                "no block follows these options",
            );
            self.post
                .diagnostics
                .push(lonely.help("write them directly above the fence of a Python block"));
        }
    }

    /// `from=id` needs a block above that runs.
    fn check_forks(&mut self) {
        let post = &mut self.post;
        for block in &post.blocks {
            let Some(from) = &block.from else { continue };
            let earlier = || {
                post.blocks
                    .iter()
                    .take(block.index)
                    .filter(|earlier| earlier.runs())
                    .map(|earlier| earlier.id.as_str())
            };
            if !earlier().any(|id| id == from) {
                let near = closest(from, earlier()).map(|near| format!("did you mean `{near}`?"));
                let unknown = Diagnostic::error(
                    "unknown-block",
                    block.span,
                    format!("no block `{from}` runs above this one"),
                );
                post.diagnostics.push(
                    unknown.help(
                        near.unwrap_or("`from` names the `id` of an earlier block".to_owned()),
                    ),
                );
            }
        }
    }
}

/// Names for the blocks, each once in a post.
#[derive(Default)]
struct Ids {
    counts: HashMap<&'static str, usize>,
    used: Anchors,
    given: HashMap<String, Span>,
}

impl Ids {
    fn name(&mut self, block: &mut Block, diagnostics: &mut Vec<Diagnostic>) {
        let kind = match block.kind {
            BlockKind::Python => "block",
            BlockKind::Mermaid => "mermaid",
            BlockKind::Other => "code",
        };
        let count = self.counts.entry(kind).or_default();
        let number = *count;
        *count += 1;
        if block.id.is_empty() {
            block.id = format!("{kind}-{number}");
        } else if let Some(first) = self.given.insert(block.id.clone(), block.span) {
            let twice = Diagnostic::error(
                "duplicate-id",
                block.span,
                format!("two blocks have the id `{}`", block.id),
            );
            diagnostics.push(
                twice
                    .label(Span::new(first.start, first.start + 3), "the first one")
                    .help("give this one another id"),
            );
        }
        block.id = self.used.unique(std::mem::take(&mut block.id));
    }
}

/// The place of the end that belongs to the start at `start`; such blocks do not nest.
fn end_of(events: &[Placed<'_>], start: usize, is_end: impl Fn(&TagEnd) -> bool) -> usize {
    let end = events
        .iter()
        .enumerate()
        .skip(start)
        .find(|(_, (event, _))| matches!(event, Event::End(tag) if is_end(tag)));
    end.map_or(events.len().saturating_sub(1), |(at, _)| at)
}

/// How many items an ordered list has that begins at `at` and counts from 1; 0 if none does.
fn items_at(events: &[Placed<'_>], at: usize) -> usize {
    if !matches!(events.get(at), Some((Event::Start(Tag::List(Some(1))), _))) {
        return 0;
    }
    let (mut depth, mut count) = (0usize, 0);
    for (event, _) in events.iter().skip(at) {
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) if depth == 1 => break,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if depth == 1 => count += 1,
            _ => {}
        }
    }
    count
}

fn cleaned(text: CowStr<'_>) -> CowStr<'_> {
    match uncover(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text.into(),
    }
}

/// kramdown's way to say that a piece of HTML holds Markdown, which CommonMark needs no word for.
fn without_markdown_attribute(html: CowStr<'_>) -> CowStr<'_> {
    const FORMS: [&str; 5] = [
        " markdown=\"1\"",
        " markdown='1'",
        " markdown=1",
        " markdown=\"block\"",
        " markdown=\"span\"",
    ];
    if !html.contains(" markdown=") {
        return html;
    }
    match FORMS.iter().find(|form| html.contains(**form)) {
        Some(form) => html.replace(form, "").into(),
        None => html,
    }
}

/// A heading's text, and the anchor that `{#anchor}` at its end gives it.
fn own_anchor(text: &str) -> (&str, Option<&str>) {
    let anchor = text
        .trim_end()
        .strip_suffix('}')
        .and_then(|rest| rest.rsplit_once("{#"));
    match anchor {
        Some((text, anchor)) if !anchor.is_empty() && !anchor.contains(char::is_whitespace) => {
            (text.trim_end(), Some(anchor))
        }
        _ => (text, None),
    }
}
