//! What an author wrote: front matter, Markdown, blocks, options, claims, drawings.
//!
//! [`parse`] reads the text of one post and never fails: what is wrong with it stands in [`Post::diagnostics`],
//! and everything that could be read is there.

mod annotation;
mod block;
mod body;
mod claim;
mod console;
mod directive;
mod draw;
mod emphasis;
mod external;
mod fence;
mod front_matter;
mod heading;
mod jekyll;
mod option;
mod reader;
mod reading;
mod unit;
pub mod value;

pub use annotation::Annotation;
pub use block::{Block, BlockKind, CodeLine, Parts, Setup, without_comment};
pub use body::{Body, Piece};
pub use claim::{Claim, ClaimForm, Comment, Reading, Subject, VersionRange};
pub use console::{Unit as ConsoleUnit, echo};
pub use draw::Draw;
pub use front_matter::{FrontMatter, dated_name};
pub use heading::Heading;
pub use unit::{Passage, Unit, UnitKind};

use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};

/// One post, read.
#[derive(Debug, Clone)]
pub struct Post {
    /// The file as the author wrote it; every span of this post is an offset into its text.
    pub source: Source,
    /// What stands between the `---` lines.
    pub front_matter: FrontMatter,
    /// The text, ready to be made into a page; [`Post::pieces`] goes through it.
    pub body: Body,
    /// Headings in order, with the anchors that links use.
    pub headings: Vec<Heading>,
    /// Fenced blocks of every language, in order; [`Block::index`] is the place in this list.
    pub blocks: Vec<Block>,
    /// Claims in order of their places; a verdict list has the same order.
    pub claims: Vec<Claim>,
    /// Every comment of the Python blocks, and how it was read.
    pub comments: Vec<Comment>,
    /// `<!-- draw: … -->` directives in order.
    pub draws: Vec<Draw>,
    /// What is wrong with the post.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a post from the bytes of a file.
pub fn read(path: impl Into<PathBuf>, bytes: &[u8]) -> Post {
    read_with(path, bytes, false)
}

/// Reads a post of a book whose blocks share one session per page, unless the post says otherwise.
pub fn read_with(path: impl Into<PathBuf>, bytes: &[u8], page_session: bool) -> Post {
    let (source, undecodable) = Source::decode(path, bytes);
    let mut post = parse_with(source, page_session);
    let not_utf8 = |span: Span| {
        let told = Diagnostic::error("invalid-utf8", span, "this is not UTF-8")
            .label(span, "bytes that are no character");
        told.help("save the file as UTF-8")
    };
    post.diagnostics
        .extend(undecodable.into_iter().map(not_utf8));
    post
}

/// Reads a post.
pub fn parse(source: Source) -> Post {
    parse_with(source, false)
}

fn parse_with(source: Source, page_session: bool) -> Post {
    let mut diagnostics = Vec::new();
    let front_matter = front_matter::parse(&source, page_session, &mut diagnostics);
    if source.text().trim().is_empty() {
        diagnostics.push(
            Diagnostic::error("empty-post", Span::at(0), "the post is empty")
                .help("write something, or remove the file"),
        );
    }
    reader::read(source, front_matter, diagnostics)
}

impl Post {
    /// What is left of a post that was [let go](Post::let_go).
    pub fn outline(source: Source, front_matter: FrontMatter, headings: Vec<Heading>) -> Post {
        Post {
            front_matter,
            source,
            body: Body::default(),
            headings,
            blocks: Vec::new(),
            claims: Vec::new(),
            comments: Vec::new(),
            draws: Vec::new(),
            diagnostics: Vec::new(),
        }
    }

    /// The lines of its text up to the end of its front matter: what stays when it is let go.
    pub fn beginning(&self) -> &str {
        let line = self.source.line(self.front_matter.span.end);
        let end = self.source.line_start(line + 1);
        let text = self.source.text();
        end.and_then(|end| text.get(..end)).unwrap_or(text)
    }

    /// Lets everything go but what lists and links need: the front matter and its text, the headings, the name.
    pub fn let_go(&mut self) {
        self.source.cut_behind_line(self.front_matter.span.end);
        self.body = Body::default();
        self.blocks = Vec::new();
        self.claims = Vec::new();
        self.comments = Vec::new();
        self.draws = Vec::new();
        self.diagnostics = Vec::new();
    }

    /// The blocks that hold Python and run, in order.
    pub fn runnable(&self) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(|block| block.runs())
    }

    /// The pieces of its text, in order.
    pub fn pieces(&self) -> impl Iterator<Item = Piece<'_>> + Clone {
        self.body.pieces(self.source.text())
    }

    /// The claims of a block, with their places in [`Post::claims`].
    pub fn claims_of(&self, block: usize) -> impl Iterator<Item = (usize, &Claim)> {
        self.claims
            .iter()
            .enumerate()
            .filter(move |(_, claim)| claim.block == block)
    }

    /// The drawings asked for under a block.
    pub fn draws_of(&self, block: usize) -> impl Iterator<Item = &Draw> {
        self.draws.iter().filter(move |draw| draw.block == block)
    }

    /// The post's title: the front matter's, else its first heading, else the file's name.
    pub fn title(&self) -> String {
        let heading = || self.headings.first().map(|heading| heading.text.clone());
        let stem = || {
            self.source
                .path()
                .file_stem()
                .map(|stem| stem.to_string_lossy().into_owned())
        };
        self.front_matter
            .title
            .clone()
            .or_else(heading)
            .or_else(stem)
            .unwrap_or_default()
    }
}
