//! `gieok links` against a small server of our own.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

/// Serves `/here` and nothing else, on a port of the machine's choice.
fn serve() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 1024];
            let read = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..read]).into_owned();
            let status = match request.split(' ').nth(1) {
                Some("/here") => "200 OK",
                Some("/closed") => "403 Forbidden",
                _ => "404 Not Found",
            };
            let answer =
                format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
fn each_dead_link_is_told_at_its_place() {
    let host = serve();
    let folder = std::env::temp_dir().join(format!("gieok-links-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder can be made");
    let post = format!("# Links\n\n[a]({host}/here#x), [b]({host}/gone)\n\n[c]({host}/closed)\n");
    std::fs::write(folder.join("post.md"), post).expect("the post can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_gieok"))
        .args(["links", "post.md"])
        .current_dir(&folder)
        .env("NO_COLOR", "1")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the command runs");
    let told = String::from_utf8_lossy(&output.stdout).replace(&host, "http://HOST");
    let has_curl = Command::new("curl").arg("--version").output().is_ok();
    assert_eq!(output.status.code(), Some(1));
    if !has_curl {
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains("curl, which has to be installed"), "{told}");
        return;
    }
    assert!(
        told.contains("error[dead-external-link]: `http://HOST/gone` answers 404\n --> post.md:3:"),
        "{told}"
    );
    assert!(
        told.contains("warning[unknown-external-link]: `http://HOST/closed` answers 403"),
        "{told}"
    );
    assert!(
        told.ends_with("1 error, 1 warning; 3 addresses asked\n"),
        "{told}"
    );
}
