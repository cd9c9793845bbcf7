//! A plain static server on this machine alone, like the plainest that a site may be put on.
//!
//! Only reads, only below its folder, and only for this machine. No compression, no rewriting of
//! addresses, no headers that the page could come to rely on.

mod kind;
mod request;

use std::fs;
use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use self::request::Request;
use crate::place;
use crate::run::{Outcome, Trouble, trouble};

/// What is served, and where.
#[derive(Debug)]
pub struct Options {
    /// Whether the site is built first.
    pub build: bool,
    port: u16,
    site: Site,
}

impl Options {
    /// From the words after `serve`.
    pub fn read(words: &[&str]) -> Outcome<Self> {
        let site = Site {
            folder: place::dist(),
            prefix: String::new(),
        };
        let mut options = Self {
            build: true,
            port: 4460,
            site,
        };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match (*word, words.as_slice().first()) {
                ("--no-build", _) => {
                    options.build = false;
                    continue;
                }
                ("--port", Some(port)) => {
                    options.port = port.parse().map_err(|_| not_understood(port))?;
                }
                ("--dir", Some(folder)) => options.site.folder = place::root().join(folder),
                ("--prefix", Some(prefix)) => {
                    let bare = prefix.trim_matches('/');
                    options.site.prefix = if bare.is_empty() {
                        String::new()
                    } else {
                        format!("/{bare}")
                    };
                }
                (other, _) => return Err(not_understood(other)),
            }
            words.next();
        }
        Ok(options)
    }
}

fn not_understood(word: &str) -> Trouble {
    Trouble(format!("`{word}` is not understood here: cargo xtask help"))
}

/// Serves until it is stopped.
pub fn serve(options: &Options) -> Outcome<()> {
    let port = options.port;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| {
        Trouble(format!(
            "Port {port} cannot be had ({error}); any other: cargo xtask serve --port 0"
        ))
    })?;
    let address = listener
        .local_addr()
        .map_err(|error| Trouble(format!("There is no address ({error}).")))?;
    if !options.site.folder.join("index.html").is_file() {
        return trouble(format!(
            "There is no site in {}: cargo xtask build",
            options.site.folder.display()
        ));
    }
    println!(
        "Muster is at http://{address}{}/ until you press Ctrl+C.",
        options.site.prefix
    );
    answer_all(&listener, &options.site);
    Ok(())
}

fn answer_all(listener: &TcpListener, site: &Site) {
    for stream in listener.incoming().flatten() {
        let site = site.clone();
        // A visitor that goes away in the middle is no trouble of ours.
        thread::spawn(move || drop(talk(&stream, &site)));
    }
}

/// Answers one connection's requests until it ends.
fn talk(stream: &TcpStream, site: &Site) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = Request::read(&mut reader)? {
        let answer = site.answer(&request);
        answer.write(stream, &request)?;
        if !request.goes_on {
            break;
        }
    }
    Ok(())
}

/// A folder, served below a path.
#[derive(Clone, Debug)]
struct Site {
    folder: PathBuf,
    /// Empty, or `/like/this`.
    prefix: String,
}

/// What is sent back.
#[derive(Debug)]
struct Answer {
    status: &'static str,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn plain(status: &'static str) -> Self {
        let headers = vec![("Content-Type", "text/plain; charset=utf-8".to_owned())];
        Self {
            status,
            headers,
            body: format!("{status}\n").into_bytes(),
        }
    }

    fn write(&self, mut to: impl Write, request: &Request) -> io::Result<()> {
        let mut head = format!(
            "HTTP/1.1 {}\r\nContent-Length: {}\r\n",
            self.status,
            self.body.len()
        );
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        head.push_str(if request.goes_on {
            "Connection: keep-alive\r\n\r\n"
        } else {
            "Connection: close\r\n\r\n"
        });
        let mut bytes = head.into_bytes();
        if request.method != "HEAD" {
            bytes.extend_from_slice(&self.body);
        }
        to.write_all(&bytes)
    }
}

impl Site {
    fn answer(&self, request: &Request) -> Answer {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return Answer::plain("405 Method Not Allowed");
        }
        let Some(path) = request.path() else {
            return Answer::plain("400 Bad Request");
        };
        if path == self.prefix && !self.prefix.is_empty() {
            let mut answer = Answer::plain("301 Moved Permanently");
            answer
                .headers
                .push(("Location", format!("{}/", self.prefix)));
            return answer;
        }
        let file = path
            .strip_prefix(&self.prefix)
            .and_then(|below| self.file(below));
        file.and_then(|file| sent(&file))
            .unwrap_or_else(|| Answer::plain("404 Not Found"))
    }

    /// The file at a path below us, if it is one and truly lies in our folder.
    fn file(&self, below: &str) -> Option<PathBuf> {
        let below = below.strip_prefix('/')?;
        let steps_out =
            |part: &str| part == ".." || part == "." || part.contains(['\\', '\0', ':']);
        if below.split('/').any(steps_out) || below.starts_with('/') {
            return None;
        }
        let folder = self.folder.canonicalize().ok()?;
        let named = folder.join(below);
        let file = if named.is_dir() {
            named.join("index.html")
        } else {
            named
        };
        // Links may lead elsewhere: where the file truly lies counts.
        let file = file.canonicalize().ok()?;
        (file.starts_with(&folder) && file.is_file()).then_some(file)
    }
}

fn sent(file: &Path) -> Option<Answer> {
    let body = fs::read(file).ok()?;
    let headers = vec![
        ("Content-Type", kind::of(file).to_owned()),
        ("Cache-Control", kind::keeping(file).to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ];
    Some(Answer {
        status: "200 OK",
        headers,
        body,
    })
}

#[cfg(test)]
mod tests;
