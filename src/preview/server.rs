//! The server: files from memory, and one stream of events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tokio_stream::wrappers::BroadcastStream;
use tokio_stream::{Stream, StreamExt};

use super::Shared;
use crate::diagram::svg::escape;

/// What every page of the preview ends with.
const CLIENT: &str = include_str!("../../static/preview.js");

/// The routes.
pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/-/events", get(events))
        .route("/-/preview.js", get(script))
        .fallback(file)
        .with_state(shared)
}

/// One event for each build, with what is wrong; the first at once.
async fn events(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let builds = BroadcastStream::new(shared.events.subscribe());
    let report = {
        let shared = Arc::clone(&shared);
        move |name: &'static str| {
            Ok(Event::default()
                .event(name)
                .data(serde_json::json!({ "problems": shared.site().problems }).to_string()))
        }
    };
    let now = tokio_stream::once(report("now"));
    // A missed event is no harm: the next one carries the whole state.
    let stream = now.chain(builds.map(move |_| report("build")));
    Sse::new(stream).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn script() -> impl IntoResponse {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        CLIENT,
    )
}

async fn file(State(shared): State<Arc<Shared>>, headers: HeaderMap, uri: Uri) -> Response {
    if !is_local(&headers) {
        return (
            StatusCode::FORBIDDEN,
            "the preview answers only to this machine's own name",
        )
            .into_response();
    }
    let site = shared.site();
    let path = decode(uri.path().trim_start_matches('/'));
    let folder = path.trim_end_matches('/');
    let index = if folder.is_empty() {
        "index.html".to_owned()
    } else {
        format!("{folder}/index.html")
    };
    let with_ending = format!("{path}.html");
    // A link into a folder without the slash would break the page's own links.
    if !path.is_empty()
        && !path.ends_with('/')
        && !site.files.contains_key(&path)
        && site.files.contains_key(&index)
    {
        return axum::response::Redirect::temporary(&format!("{}/", uri.path())).into_response();
    }
    let found = [&path, &index, &with_ending]
        .into_iter()
        .find_map(|name| site.files.get_key_value(name.as_str()));
    match found {
        Some((name, bytes)) if name.ends_with(".html") => {
            page(StatusCode::OK, &String::from_utf8_lossy(bytes))
        }
        Some((name, bytes)) => (
            [
                (header::CONTENT_TYPE, kind(name)),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            bytes.clone(),
        )
            .into_response(),
        None => page(StatusCode::NOT_FOUND, &missing(&path, site.files.keys())),
    }
}

/// Only pages of this machine may ask: another site cannot read drafts through a name that points here.
fn is_local(headers: &HeaderMap) -> bool {
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

fn page(status: StatusCode, html: &str) -> Response {
    let script = "<script src=\"/-/preview.js\" defer></script>";
    let html = match html.rfind("</body>") {
        Some(at) => format!(
            "{}{script}{}",
            html.get(..at).unwrap_or_default(),
            html.get(at..).unwrap_or_default()
        ),
        None => format!("{html}{script}"),
    };
    (status, [(header::CACHE_CONTROL, "no-store")], Html(html)).into_response()
}

fn missing<'a>(path: &str, names: impl Iterator<Item = &'a String>) -> String {
    let links: String = names
        .filter(|name| name.ends_with(".html"))
        .map(|name| format!("<li><a href=\"/{0}\">{0}</a></li>", escape(name)))
        .collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>404</title><body><main><h1>/{} is not here</h1><ul>{links}</ul></main></body></html>",
        escape(path)
    )
}

/// A path of an address as the author wrote it: `%ED%95%9C` is `한`.
fn decode(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |digit: &u8| char::from(*digit).to_digit(16);
        match (first, tail) {
            (b'%', [high, low, after @ ..]) if hex(high).is_some() && hex(low).is_some() => {
                let value = hex(high).unwrap_or(0) * 16 + hex(low).unwrap_or(0);
                bytes.push(value as u8);
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_written() {
        assert_eq!(decode("ko/%EA%B8%B0%EC%96%B5.html"), "ko/기억.html");
        assert_eq!(decode("100%"), "100%");
        assert_eq!(decode("%zz%4"), "%zz%4");
    }

    #[test]
    fn every_page_has_the_client_once() {
        let html = "<html><body>가</body></html>";
        let response = page(StatusCode::OK, html);
        assert_eq!(response.status(), StatusCode::OK);
        assert!(missing("<b>", ["a.html".to_owned()].iter()).contains("/&lt;b&gt; is not here"));
    }
}
