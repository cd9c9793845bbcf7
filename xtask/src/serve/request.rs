//! Reads what a browser asks for.

use std::io::{self, BufRead, Read};

/// No request of a browser to a static site is longer.
const LONGEST: u64 = 64 * 1024;

/// A request without its body: a static site has no use for one.
#[derive(Debug)]
pub struct Request {
    /// `GET`, mostly.
    pub method: String,
    target: String,
    /// Whether more requests may follow on the same connection.
    pub goes_on: bool,
}

impl Request {
    /// The next request; none where the connection has ended, or speaks no HTTP.
    pub fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = from.take(LONGEST);
        let mut line = String::new();
        head.read_line(&mut line)?;
        let words: Vec<&str> = line.split_whitespace().collect();
        let [method, target, version] = words.as_slice() else {
            return Ok(None);
        };
        let mut request = Self {
            method: (*method).to_owned(),
            target: (*target).to_owned(),
            // A body would be taken for the next request.
            goes_on: *version == "HTTP/1.1" && matches!(*method, "GET" | "HEAD"),
        };
        loop {
            let mut header = String::new();
            if head.read_line(&mut header)? == 0 {
                return Ok(None);
            }
            let header = header.trim().to_ascii_lowercase();
            if header.is_empty() {
                return Ok(Some(request));
            }
            if header == "connection: close" {
                request.goes_on = false;
            }
        }
    }

    /// The path, without a query and with its escapes read; none where that is no text.
    pub fn path(&self) -> Option<String> {
        let path = self.target.split(['?', '#']).next()?;
        let mut bytes = Vec::with_capacity(path.len());
        let mut rest = path.bytes();
        while let Some(byte) = rest.next() {
            if byte == b'%' {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes)
            .ok()
            .filter(|path| path.starts_with('/'))
    }
}
