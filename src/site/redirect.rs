//! Redirects: addresses that a post had, each a small page that leads to the one it has.

use super::address::Address;
use super::entry::Entry;

/// An old address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Where the page was.
    pub from: Address,
    /// Where it is.
    pub to: Address,
    /// The place of its post in the book's entries.
    pub entry: usize,
}

/// The old addresses of a post, without the one it has.
pub fn of(index: usize, entry: &Entry) -> impl Iterator<Item = Redirect> {
    let from = entry.post.front_matter.aliases.iter();
    from.map(|alias| Address::written(alias))
        .filter(|from| *from != entry.address)
        .map(move |from| Redirect {
            from,
            to: entry.address.clone(),
            entry: index,
        })
}
