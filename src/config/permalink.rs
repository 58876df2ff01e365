//! What the addresses of posts look like.

/// The placeholders of a pattern.
pub const PLACEHOLDERS: [&str; 6] = ["path", "title", "year", "month", "day", "categories"];

/// The style of a book's addresses. A post's own `permalink` stands above it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Permalink {
    /// As the file lies: `gc/start.md` is `/gc/start.html`; a file with a date in its name, `2025-10-19-memory.md`, is
    /// `/2025/10/19/memory.html`, as Jekyll has it.
    #[default]
    Path,
    /// A folder for each post: `/gc/start/`.
    Pretty,
    /// A pattern with Jekyll's placeholders: `/:categories/:year/:month/:day/:title.html`.
    Pattern(String),
}

impl Permalink {
    /// Reads the setting.
    ///
    /// # Errors
    /// What is wrong with it, and what to write instead.
    pub fn parse(text: &str) -> Result<Permalink, (String, String)> {
        match text {
            "path" => return Ok(Permalink::Path),
            "pretty" => return Ok(Permalink::Pretty),
            _ => {}
        }
        if !text.starts_with('/') {
            return Err((
                format!("a permalink cannot be `{text}`"),
                "write `path`, `pretty`, or a pattern that begins with `/`".to_owned(),
            ));
        }
        match placeholders(text).find(|name| !PLACEHOLDERS.contains(name)) {
            Some(name) => Err((
                format!("a permalink has no `:{name}`"),
                format!(
                    "it may have {}",
                    PLACEHOLDERS.map(|name| format!("`:{name}`")).join(", ")
                ),
            )),
            None => Ok(Permalink::Pattern(text.to_owned())),
        }
    }
}

/// The names behind the colons of a pattern.
pub fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.split(':').skip(1).map(|rest| {
        let end = rest.find(|letter: char| !letter.is_ascii_alphabetic());
        rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
    })
}
