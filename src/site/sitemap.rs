//! For search machines: `sitemap.xml` with the translations of each page, and `robots.txt`.

use super::Site;
use super::address::Address;
use crate::diagram::svg::escape;

/// Both files; the sitemap only where `base_url` is known, since it needs whole addresses.
pub fn files(site: &Site<'_>) -> Vec<(Address, Vec<u8>)> {
    if site.is_lone {
        return Vec::new();
    }
    let Some(url) = site.config.url("sitemap.xml") else {
        return vec![(robots(), b"User-agent: *\nAllow: /\n".to_vec())];
    };
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {url}\n");
    vec![
        (robots(), text.into_bytes()),
        (Address::exactly("sitemap.xml"), sitemap(site).into_bytes()),
    ]
}

fn robots() -> Address {
    Address::exactly("robots.txt")
}

fn sitemap(site: &Site<'_>) -> String {
    let url = |address: &Address| escape(&site.config.url(&address.url_path()).unwrap_or_default());
    let mut map = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
    );
    let mut page = |address: &Address, day: Option<&str>, twins: &[(String, Address)]| {
        map.push_str(&format!("<url><loc>{}</loc>", url(address)));
        if let Some(day) = day {
            map.push_str(&format!("<lastmod>{}</lastmod>", escape(day)));
        }
        for (lang, address) in twins.iter().filter(|_| twins.len() > 1) {
            map.push_str(&format!(
                "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                escape(lang),
                url(address)
            ));
        }
        map.push_str("</url>\n");
    };
    let home = |lang: &str| Address::within(lang, site.config, "index.html");
    let homes: Vec<(String, Address)> = site
        .editions
        .iter()
        .map(|edition| (edition.lang.clone(), home(&edition.lang)))
        .collect();
    for edition in &site.editions {
        page(&home(&edition.lang), None, &homes);
        for item in edition.items.iter().filter(|item| !item.is_fallback) {
            let Some(entry) = site.entries.get(item.entry) else {
                continue;
            };
            let mut twins = vec![(entry.lang.clone(), entry.address.clone())];
            let others = site.twins(entry);
            twins.extend(others.map(|twin| (twin.lang.clone(), twin.address.clone())));
            twins.sort();
            let updated = entry.post.front_matter.updated.as_deref();
            let day = updated.and_then(|day| day.get(..10)).or(entry.day());
            page(&item.address, day, &twins);
        }
        for series in &edition.series {
            page(&series.address, None, &[]);
        }
    }
    map.push_str("</urlset>\n");
    map
}
