//! The preview over a real socket: a page, a change, a mistake, an unknown address.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use gieok::preview::{Build, Options, serve};

fn start(folder: &std::path::Path) -> String {
    let post = folder.join("글.md");
    std::fs::write(&post, "하나").expect("a post");
    let (sender, receiver) = mpsc::channel();
    let build = move |_: &[PathBuf]| {
        let text = std::fs::read_to_string(&post).unwrap_or_default();
        assert!(text != "panic", "a mistake of ours");
        let html = format!("<html lang=\"ko\"><body><main>{text}</main></body></html>");
        let problems = if text.contains("틀림") {
            "error: 틀림".to_owned()
        } else {
            String::new()
        };
        Build {
            files: BTreeMap::from([("글.html".to_owned(), html.into_bytes())]),
            problems,
            watch: vec![post.clone()],
        }
    };
    std::thread::spawn(move || {
        serve(Options::default(), build, |address| {
            sender.send(address.to_owned()).expect("somebody waits")
        })
    });
    let address = receiver
        .recv_timeout(Duration::from_secs(20))
        .expect("the server is ready");
    address
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .to_owned()
}

fn ask(address: &str, path: &str, host: &str) -> (String, BufReader<TcpStream>) {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a timeout");
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .expect("a request");
    let mut reader = BufReader::new(stream);
    let mut status = String::new();
    reader.read_line(&mut status).expect("an answer");
    (status, reader)
}

fn text(address: &str, path: &str) -> (String, String) {
    let (status, mut reader) = ask(address, path, "localhost");
    let mut text = String::new();
    reader.read_to_string(&mut text).expect("a text");
    (status, text)
}

fn wait_for(events: &mut BufReader<TcpStream>, what: &str) -> String {
    let mut line = String::new();
    while !line.contains(what) {
        line.clear();
        assert!(
            events.read_line(&mut line).expect("an event") > 0,
            "the stream ended before {what:?}"
        );
    }
    line
}

#[test]
fn a_saved_file_reaches_the_open_page() {
    let folder = std::env::temp_dir().join(format!("gieok-preview-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let address = start(&folder);

    let (status, page) = text(&address, "/%EA%B8%80.html");
    assert!(
        status.contains("200")
            && page.contains("<main>하나</main>")
            && page.contains("/-/preview.js"),
        "{status}{page}"
    );
    assert!(
        text(&address, "/%EA%B8%80").1.contains("하나"),
        "the ending may be left out"
    );
    let (status, page) = text(&address, "/nothing");
    assert!(
        status.contains("404") && page.contains("글.html"),
        "{status}{page}"
    );
    assert!(
        ask(&address, "/", "evil.example").0.contains("403"),
        "another name is refused"
    );

    let (_, mut events) = ask(&address, "/-/events", "localhost");
    wait_for(&mut events, "event: now");
    std::fs::write(folder.join("글.md"), "둘 틀림").expect("a save");
    wait_for(&mut events, "event: build");
    assert!(wait_for(&mut events, "data:").contains("틀림"));
    assert!(text(&address, "/%EA%B8%80.html").1.contains("둘 틀림"));

    // A mistake of ours: the last page stays, with a message. Then life goes on.
    std::fs::write(folder.join("글.md"), "panic").expect("a save");
    assert!(wait_for(&mut events, "mistake in gieok").contains("data:"));
    assert!(text(&address, "/%EA%B8%80.html").1.contains("둘 틀림"));
    let renamed = folder.join(".new");
    std::fs::write(&renamed, "셋").expect("a save beside");
    std::fs::rename(&renamed, folder.join("글.md")).expect("a rename over it");
    wait_for(&mut events, "event: build");
    assert!(text(&address, "/%EA%B8%80.html").1.contains("셋"));
    std::fs::remove_dir_all(&folder).expect("the folder goes");
}
