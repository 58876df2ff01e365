//! Links between pages: what an author writes (`refcount.md`, `/2025/10/19/x.html#소개`) becomes the way from page to
//! page; what leads nowhere is told with the nearest target.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use super::address::{Address, relative};
use super::block;
use super::edition::Edition;
use super::entry::Entry;
use super::galley::Galley;
use super::{Site, StaticFile};
use crate::diagnostic::closest;
use crate::post::Post;

/// Everything that a link may lead to.
pub struct Targets<'a> {
    /// The posts by their file below `content/`: `ko/names.md`.
    posts: BTreeMap<String, usize>,
    /// Other files by theirs: `ko/picture.png`, or from the site's root.
    files: BTreeMap<String, &'a Address>,
    /// Every page and file of the site by its address; posts with their place in the entries.
    addresses: BTreeMap<String, Option<usize>>,
    /// The anchors of each post.
    anchors: Vec<&'a BTreeSet<String>>,
}

/// A link that leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// What is missing.
    pub message: String,
    /// What may be meant.
    pub help: Option<String>,
}

impl<'a> Targets<'a> {
    /// The targets of a site. `pages` are the addresses of the pages that are no posts.
    pub fn of(
        site: &Site<'a>,
        galleys: &'a [Galley],
        pages: impl Iterator<Item = Address>,
    ) -> Targets<'a> {
        let mut targets = Targets {
            posts: BTreeMap::new(),
            files: BTreeMap::new(),
            addresses: BTreeMap::new(),
            anchors: galleys.iter().map(|galley| &galley.anchors).collect(),
        };
        for address in pages {
            targets.addresses.insert(address.as_str().to_owned(), None);
        }
        for file in site.files {
            targets.files.insert(file.page.clone(), &file.address);
            targets
                .addresses
                .insert(file.address.as_str().to_owned(), None);
        }
        for redirect in &site.redirects {
            targets
                .addresses
                .insert(redirect.from.as_str().to_owned(), Some(redirect.entry));
        }
        for edition in &site.editions {
            for item in &edition.items {
                targets
                    .addresses
                    .insert(item.address.as_str().to_owned(), Some(item.entry));
            }
        }
        for (index, entry) in site.entries.iter().enumerate() {
            targets.posts.insert(slashed(&entry.page) + ".md", index);
        }
        targets
    }
}

/// The links of one page.
pub struct Links<'a> {
    /// What there is to link to; `None` for a lone post, whose neighbours nobody knows.
    pub targets: Option<&'a Targets<'a>>,
    /// The site.
    pub site: &'a Site<'a>,
    /// The page's edition.
    pub edition: &'a Edition,
    /// The page's post.
    pub entry: &'a Entry,
    /// Its place in the entries.
    pub place: usize,
    /// Where the page stands.
    pub here: &'a Address,
}

impl Links<'_> {
    /// The way to what an author wrote; `None` if it is to stay as written.
    ///
    /// # Errors
    /// It leads nowhere.
    pub fn resolve(&self, written: &str) -> Result<Option<String>, Dead> {
        let (path, fragment) = match written.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (written, None),
        };
        if has_scheme(path) || path.starts_with("//") || path.contains('?') {
            return Ok(None);
        }
        let Some(targets) = self.targets else {
            return Ok(None);
        };
        let path = decoded(path);
        let (way, post) = if path.is_empty() {
            (String::new(), Some(self.place))
        } else {
            self.page(targets, &path)?
        };
        let Some(fragment) = fragment else {
            return Ok(Some(way));
        };
        let anchor = decoded(fragment);
        if let Some(anchors) = post.and_then(|post| targets.anchors.get(post))
            && !anchor.is_empty()
            && !anchors.contains(&anchor)
        {
            let near = closest(&anchor, anchors.iter().map(String::as_str));
            let message = match path.as_str() {
                "" => format!("this post has no heading or block `#{anchor}`"),
                path => format!("`{path}` has no heading or block `#{anchor}`"),
            };
            return Err(Dead {
                message,
                help: near.map(|near| format!("did you mean `#{near}`?")),
            });
        }
        Ok(Some(format!("{way}#{fragment}")))
    }

    /// The way to a page or file, and the place of its post if it is one.
    fn page(&self, targets: &Targets<'_>, path: &str) -> Result<(String, Option<usize>), Dead> {
        let from_root = path.strip_prefix('/');
        let folder = self.entry.page.parent().unwrap_or(Path::new(""));
        let beside = match from_root {
            Some(path) => normal(Path::new(path)),
            None => normal(&folder.join(path)),
        };
        let in_language = normal(&Path::new(&self.entry.lang).join(beside.clone()));
        for file in [&beside, &in_language] {
            if let Some(&index) = targets.posts.get(file)
                && let Some(entry) = self.site.entries.get(index)
            {
                return self.post(index, entry, path);
            }
            if let Some(address) = targets.files.get(file) {
                return Ok((relative(self.here, address), None));
            }
        }
        // Beside a translation: the post is there, if only as a fallback.
        let untranslated = beside
            .strip_prefix(&format!("{}/", self.entry.lang))
            .and_then(|path| path.strip_suffix(".md"))
            .and_then(|path| self.site.edition(&self.entry.lang)?.item_at(path));
        if let Some(item) = untranslated {
            return Ok((relative(self.here, &item.address), Some(item.entry)));
        }
        // As an address: from the root, or from where the page stands.
        let addressed = match from_root {
            Some(path) => Address::written(path),
            None => {
                let here = Path::new(self.here.as_str()).parent();
                let slash = if path.ends_with('/') { "/" } else { "" };
                let joined = normal(&here.unwrap_or(Path::new("")).join(path));
                Address::written(&(joined + slash))
            }
        };
        let as_file = from_root.unwrap_or(path).trim_start_matches('/');
        for candidate in [addressed.as_str(), as_file] {
            if let Some(post) = targets.addresses.get(candidate) {
                return Ok((relative(self.here, &Address::exactly(candidate)), *post));
            }
        }
        Err(self.dead(targets, path, &beside, &addressed))
    }

    fn post(
        &self,
        index: usize,
        entry: &Entry,
        path: &str,
    ) -> Result<(String, Option<usize>), Dead> {
        // Beside each other means in the same edition, also on a fallback; a link into the other language's folder
        // leads there.
        let edition = if entry.lang == self.entry.lang {
            Some(self.edition)
        } else {
            self.site.edition(&entry.lang)
        };
        match edition.and_then(|edition| edition.item_at(&entry.path())) {
            Some(item) => Ok((relative(self.here, &item.address), Some(index))),
            None => Err(Dead {
                message: format!("`{path}` is not published"),
                help: Some("publish it, or remove the link".to_owned()),
            }),
        }
    }

    fn dead(&self, targets: &Targets<'_>, path: &str, beside: &str, addressed: &Address) -> Dead {
        let message = format!("there is no page or file `{path}`");
        let folder = slashed(self.entry.page.parent().unwrap_or(Path::new("")));
        let near = if path.ends_with(".md") {
            // Endings and folders that all names share would make everything look alike.
            let siblings = targets.posts.keys().filter_map(|name| {
                name.strip_prefix(folder.as_str())?
                    .strip_prefix('/')?
                    .strip_suffix(".md")
            });
            let meant = beside.strip_prefix(&format!("{folder}/")).unwrap_or(beside);
            closest(meant.trim_end_matches(".md"), siblings).map(|near| format!("{near}.md"))
        } else {
            let known = targets
                .addresses
                .keys()
                .chain(targets.files.keys())
                .map(String::as_str);
            closest(addressed.as_str(), known).map(|near| format!("/{near}"))
        };
        Dead {
            message,
            help: near.map(|near| format!("did you mean `{near}`?")),
        }
    }
}

/// What a fragment may name in a post.
pub(super) fn anchors(post: &Post) -> BTreeSet<String> {
    let headings = post.headings.iter().map(|heading| heading.anchor.clone());
    let blocks = post.blocks.iter().map(|block| block::anchor(post, block));
    let (text, id) = (post.source.text(), " id=\"");
    let in_html = memchr::memmem::find_iter(text.as_bytes(), id).filter_map(|at| {
        let rest = text.get(at + id.len()..)?;
        rest.split('"').next().map(str::to_owned)
    });
    headings.chain(blocks).chain(in_html).collect()
}

fn has_scheme(path: &str) -> bool {
    path.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    })
}

/// A path without `.` and `..`, with `/` between its parts.
fn normal(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => {
                parts.pop();
            }
            _ => {}
        }
    }
    parts.join("/")
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// A part of a URL with its `%xx` resolved; as written where that gives no text.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

impl StaticFile {
    /// A file below `content/` (`ko/picture.png`): it stands where it lies, below its language's pages.
    pub fn of_content(page: &Path, path: &Path, address: Address) -> StaticFile {
        StaticFile {
            page: slashed(page),
            path: path.to_owned(),
            address,
        }
    }
}
