use std::io::Read;

use super::*;

/// A site in a folder of its own, with a secret beside it.
fn site(name: &str, prefix: &str) -> io::Result<Site> {
    let outside = std::env::temp_dir().join(format!("muster-serve-{name}-{}", std::process::id()));
    let folder = outside.join("site");
    fs::create_dir_all(folder.join("public"))?;
    fs::write(outside.join("secret.txt"), "secret")?;
    fs::write(folder.join("index.html"), "<h1>page</h1>")?;
    fs::write(
        folder.join("app-0123456789abcdef_bg.wasm"),
        [0, 97, 115, 109],
    )?;
    fs::write(folder.join("public/a b.json"), "{}")?;
    #[cfg(unix)]
    if !folder.join("way-out").exists() {
        std::os::unix::fs::symlink(outside.join("secret.txt"), folder.join("way-out"))?;
    }
    Ok(Site {
        folder,
        prefix: prefix.to_owned(),
    })
}

/// What a real connection gets for these bytes.
fn ask(site: &Site, asked: &str) -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let site = site.clone();
    thread::spawn(move || answer_all(&listener, &site));
    let mut stream = TcpStream::connect(address)?;
    stream.write_all(asked.as_bytes())?;
    stream.shutdown(std::net::Shutdown::Write)?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn check(site: &Site, path: &str, expected: &[&str]) -> io::Result<()> {
    let answer = ask(site, &format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n"))?;
    for part in expected {
        assert!(answer.contains(part), "{path} has no {part:?} in {answer}");
    }
    assert!(!answer.contains("secret"), "{path} leads out: {answer}");
    Ok(())
}

#[test]
fn files_come_with_their_kind_and_their_keeping() -> io::Result<()> {
    let site = site("kinds", "")?;
    check(
        &site,
        "/",
        &["200 OK", "text/html", "no-store", "<h1>page</h1>"],
    )?;
    check(&site, "/?title=x#y", &["200 OK", "<h1>page</h1>"])?;
    check(
        &site,
        "/app-0123456789abcdef_bg.wasm",
        &["application/wasm", "immutable"],
    )?;
    check(
        &site,
        "/public/a%20b.json",
        &["application/json", "no-store", "{}"],
    )?;
    check(&site, "/nothing", &["404 Not Found"])
}

#[test]
fn below_a_path_nothing_lies_beside_it() -> io::Result<()> {
    let site = site("prefix", "/sub/path")?;
    check(&site, "/sub/path/", &["200 OK", "<h1>page</h1>"])?;
    check(&site, "/sub/path", &["301 Moved", "Location: /sub/path/"])?;
    check(&site, "/sub/pathindex.html", &["404"])?;
    check(&site, "/index.html", &["404"])?;
    check(&site, "/", &["404"])
}

#[test]
fn no_path_leads_out() -> io::Result<()> {
    let site = site("out", "")?;
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/public/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
    ] {
        check(&site, path, &["404"])?;
    }
    check(&site, "//etc/passwd", &["404"])?;
    check(&site, "/way-out", &["404"])?;
    check(&site, "/%ff", &["400"])?;
    check(&site, "/%4", &["400"])
}

#[test]
fn only_reading_is_allowed() -> io::Result<()> {
    let site = site("reading", "")?;
    assert!(ask(&site, "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nx")?.contains("405"));
    let head = ask(&site, "HEAD / HTTP/1.1\r\n\r\n")?;
    assert!(head.contains("Content-Length: 13") && !head.contains("page"));
    assert_eq!(ask(&site, "nonsense\r\n\r\n")?, "");
    Ok(())
}

#[test]
fn one_connection_carries_many_requests() -> io::Result<()> {
    let site = site("many", "")?;
    let asked = "GET / HTTP/1.1\r\n\r\nGET /nothing HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\nConnection: close\r\n\r\n";
    let answer = ask(&site, asked)?;
    assert_eq!(answer.matches("HTTP/1.1 ").count(), 3);
    Ok(())
}

#[test]
fn options_are_read() -> Outcome<()> {
    let options = Options::read(&[
        "--prefix",
        "/sub/path/",
        "--no-build",
        "--port",
        "0",
        "--dir",
        "x",
    ])?;
    assert!(!options.build && options.port == 0);
    assert_eq!(options.site.prefix, "/sub/path");
    assert!(options.site.folder.ends_with("x"));
    for wrong in [&["--port"][..], &["--port", "x"], &["--colour"]] {
        assert!(Options::read(wrong).is_err());
    }
    Ok(())
}
