//! Atom feeds: the newest posts of a language, of a tag. A site needs to know where it stands to have them.

use super::Site;
use super::address::Address;
use super::edition::Edition;
use crate::diagram::svg::escape;

/// How many posts a feed tells of.
const POSTS_MAX: usize = 30;

/// The feeds of a site by their addresses; none where `base_url` is not known.
pub fn files(site: &Site<'_>) -> Vec<(Address, Vec<u8>)> {
    let mut files = Vec::new();
    if site.is_lone || site.config.base_url.is_empty() {
        return files;
    }
    for edition in &site.editions {
        let all: Vec<usize> = (0..edition.items.len()).collect();
        let title = site.config.title_in(&edition.lang);
        let home = Address::within(&edition.lang, site.config, "index.html");
        files.push(feed(site, edition, &title, &home, &all));
        for tag in &edition.tags {
            let title = format!("{title} · {}", tag.name);
            files.push(feed(site, edition, &title, &tag.address, &tag.items));
        }
    }
    files
}

/// The feed of a page that lists posts: beside a folder's page, or in the place of its `.html`.
pub fn address(page: &Address) -> Address {
    let path = page.as_str();
    Address::exactly(&match path.strip_suffix("index.html") {
        Some(folder) => format!("{folder}feed.xml"),
        None => format!("{}.xml", path.trim_end_matches(".html")),
    })
}

fn feed(
    site: &Site<'_>,
    edition: &Edition,
    title: &str,
    page: &Address,
    items: &[usize],
) -> (Address, Vec<u8>) {
    let url = |address: &Address| escape(&site.config.url(&address.url_path()).unwrap_or_default());
    let address = address(page);
    let mut entries = String::new();
    let mut newest = "";
    let posts = items
        .iter()
        .filter_map(|item| edition.items.get(*item))
        .filter(|item| !item.is_fallback)
        .filter_map(|item| Some((item, site.entries.get(item.entry)?)));
    for (item, entry) in posts.take(POSTS_MAX) {
        let front_matter = &entry.post.front_matter;
        // A feed reader needs a day; a post without one is not news.
        let Some(published) = entry.day() else {
            continue;
        };
        let updated = front_matter
            .updated
            .as_deref()
            .and_then(|day| day.get(..10));
        let updated = updated.unwrap_or(published);
        newest = newest.max(updated);
        let url = url(&item.address);
        entries.push_str(&format!(
            "<entry>\n<title>{}</title>\n<id>{url}</id>\n<link rel=\"alternate\" type=\"text/html\" href=\"{url}\"/>\n\
             <published>{published}T00:00:00Z</published>\n<updated>{updated}T00:00:00Z</updated>\n",
            escape(&entry.post.title())
        ));
        for term in front_matter.categories.iter().chain(&front_matter.tags) {
            entries.push_str(&format!("<category term=\"{}\"/>\n", escape(term)));
        }
        if let Some(excerpt) = &front_matter.excerpt {
            entries.push_str(&format!("<summary>{}</summary>\n", escape(excerpt)));
        }
        entries.push_str("</entry>\n");
    }
    let newest = if newest.is_empty() {
        "1970-01-01"
    } else {
        newest
    };
    let author = match site.config.author.as_str() {
        "" => site.config.title_in(&edition.lang),
        author => author.to_owned(),
    };
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n<title>{}</title>\n\
         <id>{}</id>\n<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>\n<link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <updated>{newest}T00:00:00Z</updated>\n<author><name>{}</name></author>\n<generator>gieok</generator>\n{entries}</feed>\n",
        escape(&edition.lang),
        escape(title),
        url(page),
        url(&address),
        url(page),
        escape(&author)
    );
    (address, text.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_stands_beside_its_page() {
        let at = |page: &str| address(&Address::exactly(page)).as_str().to_owned();
        assert_eq!(at("index.html"), "feed.xml");
        assert_eq!(at("en/index.html"), "en/feed.xml");
        assert_eq!(at("tags/참조.html"), "tags/참조.xml");
    }
}
