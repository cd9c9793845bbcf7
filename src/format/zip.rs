//! A zip archive of a few files, as every system opens one: PKWARE's APPNOTE 6.3, method "stored".
//!
//! Nothing is compressed: what leaves Muster is small. The time comes in, so the same files are the
//! same bytes. Knows nothing of what is in the files, and reads no archives.

use crate::model::Timestamp;

/// A file on its way into an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct File {
    /// Its name from the root, with `/` between folders: `api/v2/status.json`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why files cannot be put into one archive.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ZipError {
    /// A name that would lie outside, or that some systems cannot write.
    #[error("\"{0}\" is not a name that a file in an archive can have")]
    Name(String),
    /// Two files of one name; capital letters make no difference on some systems.
    #[error("two files would be called \"{0}\"")]
    Twice(String),
    /// More files or bytes than the plain format counts.
    #[error("the files are too many or too large for one archive (65,535 files, 4 GB)")]
    TooLarge,
}

/// UTF-8 names: bit 11 of the general flags.
const UTF_8: u16 = 1 << 11;
/// The oldest version that can read it: 2.0, which has folders.
const READS: u16 = 20;
/// Written as Unix does, so that the rights below count.
const WRITES: u16 = (3 << 8) | READS;
/// A plain file that all may read and its owner may write.
const RIGHTS: u32 = 0o100_644 << 16;

/// The archive of these files, in this order, all with the one time (in UTC, to two seconds, as far
/// as the format's years 1980 to 2107 go).
///
/// # Errors
/// When a name is not safe to unpack, or the format cannot count that far.
pub fn write(files: &[File], at: Timestamp) -> Result<Vec<u8>, ZipError> {
    names(files)?;
    let mut archive = Vec::with_capacity(files.iter().map(|file| file.bytes.len() + 256).sum());
    let mut directory = Vec::new();
    let stamp = dos(at);
    for file in files {
        let offset = size(archive.len())?;
        let about = about(file, stamp)?;
        archive.extend(b"PK\x03\x04");
        archive.extend(&about);
        archive.extend(file.path.as_bytes());
        archive.extend(&file.bytes);

        directory.extend(b"PK\x01\x02");
        directory.extend(WRITES.to_le_bytes());
        directory.extend(&about);
        // No comment, the one disk, no word on whether it is text.
        directory.extend([0; 6]);
        directory.extend(RIGHTS.to_le_bytes());
        directory.extend(offset.to_le_bytes());
        directory.extend(file.path.as_bytes());
    }
    let (start, length) = (size(archive.len())?, size(directory.len())?);
    let count = u16::try_from(files.len()).map_err(|_| ZipError::TooLarge)?;
    archive.append(&mut directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend(count.to_le_bytes());
    archive.extend(count.to_le_bytes());
    archive.extend(length.to_le_bytes());
    archive.extend(start.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}

/// What stands both before a file and in the directory, from the version to the length of the extra
/// field.
fn about(file: &File, (time, date): (u16, u16)) -> Result<Vec<u8>, ZipError> {
    let length = size(file.bytes.len())?;
    let name = u16::try_from(file.path.len()).map_err(|_| ZipError::Name(clip(&file.path)))?;
    let mut about = Vec::with_capacity(26);
    for number in [READS, UTF_8, 0, time, date] {
        about.extend(number.to_le_bytes());
    }
    for number in [crc_32(&file.bytes), length, length] {
        about.extend(number.to_le_bytes());
    }
    about.extend(name.to_le_bytes());
    about.extend([0; 2]);
    Ok(about)
}

fn size(length: usize) -> Result<u32, ZipError> {
    // The highest number means "see elsewhere" (Zip64).
    u32::try_from(length)
        .ok()
        .filter(|&length| length < u32::MAX)
        .ok_or(ZipError::TooLarge)
}

fn clip(name: &str) -> String {
    name.chars().take(40).collect()
}

fn names(files: &[File]) -> Result<(), ZipError> {
    for (index, file) in files.iter().enumerate() {
        if !is_safe(&file.path) {
            return Err(ZipError::Name(clip(&file.path)));
        }
        let mut earlier = files.iter().take(index);
        if earlier.any(|earlier| earlier.path.eq_ignore_ascii_case(&file.path)) {
            return Err(ZipError::Twice(clip(&file.path)));
        }
    }
    Ok(())
}

/// Whether it stays below the folder that it is unpacked in, on every system.
fn is_safe(path: &str) -> bool {
    let written = |c: char| !c.is_control() && !"\\:*?\"<>|".contains(c);
    path.chars().all(written)
        && path
            .split('/')
            .all(|part| !part.is_empty() && !part.ends_with(['.', ' ']))
}

/// Time and date as MS-DOS had them.
fn dos(at: Timestamp) -> (u16, u16) {
    let (year, month, day) = at.utc_date();
    if year < 1980 {
        return (0, (1 << 5) | 1);
    }
    if year > 2107 {
        return ((23 << 11) | (59 << 5) | 29, (127 << 9) | (12 << 5) | 31);
    }
    let second = at.ms().div_euclid(1000).rem_euclid(86_400);
    let (hour, minute) = (second / 3600, second / 60 % 60);
    let time = (hour << 11) | (minute << 5) | (second % 60 / 2);
    let date = ((year - 1980) << 9) | (month << 5) | day;
    // Both fit by the years above.
    (
        u16::try_from(time).unwrap_or_default(),
        u16::try_from(date).unwrap_or_default(),
    )
}

/// The checksum of ISO 3309, four bits at a time: a table of sixteen is enough for files this small.
fn crc_32(bytes: &[u8]) -> u32 {
    const REMAINDERS: [u32; 16] = remainders();
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..2 {
            crc = (crc >> 4) ^ REMAINDERS[(crc & 15) as usize];
        }
    }
    !crc
}

const fn remainders() -> [u32; 16] {
    let mut table = [0; 16];
    let mut index = 0;
    while index < 16 {
        let mut remainder = index as u32;
        let mut bit = 0;
        while bit < 4 {
            let odd = remainder & 1 == 1;
            remainder >>= 1;
            if odd {
                remainder ^= 0xedb8_8320;
            }
            bit += 1;
        }
        table[index] = remainder;
        index += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).unwrap()
    }

    fn file(path: &str, bytes: &[u8]) -> File {
        File {
            path: path.to_owned(),
            bytes: bytes.to_vec(),
        }
    }

    /// As another program reads it; that checks the sums too.
    fn unpacked(archive: Vec<u8>) -> Vec<File> {
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut files = Vec::new();
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            assert!(entry.enclosed_name().is_some() && entry.is_file());
            assert_eq!(entry.unix_mode(), Some(0o100_644));
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            files.push(file(&entry.name().unwrap(), &bytes));
        }
        files
    }

    #[test]
    fn the_sum_is_the_known_one() {
        for (text, sum) in [("", 0), ("a", 0xe8b7_be43), ("123456789", 0xcbf4_3926)] {
            assert_eq!(crc_32(text.as_bytes()), sum, "{text}");
        }
    }

    #[test]
    fn times_are_the_formats_own() {
        for (text, expected) in [
            ("2026-11-24T03:14:07.900Z", (2026, 11, 24, 3, 14, 6)),
            ("1980-01-01T00:00:00Z", (1980, 1, 1, 0, 0, 0)),
            ("1970-06-01T12:00:00Z", (1980, 1, 1, 0, 0, 0)),
            ("2107-12-31T23:59:58Z", (2107, 12, 31, 23, 59, 58)),
            ("9999-01-01T00:00:00Z", (2107, 12, 31, 23, 59, 58)),
        ] {
            let archive = write(&[file("a", b"")], at(text)).unwrap();
            let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
            let read = archive.by_index(0).unwrap().last_modified().unwrap();
            let (day, time) = (
                (read.year(), read.month(), read.day()),
                (read.hour(), read.minute(), read.second()),
            );
            assert_eq!(
                (day.0, day.1, day.2, time.0, time.1, time.2),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_name_that_would_lie_outside_or_twice_is_refused() {
        for name in [
            "",
            "/",
            "/etc/passwd",
            "..",
            "../a",
            "a/../b",
            "a//b",
            "a/",
            "./a",
            "C:/a",
            "a\\b",
            "a\0",
            "a\n",
            "a ",
            "a.",
            "what?",
        ] {
            let refused = write(&[file(name, b"")], Timestamp::MIN);
            assert_eq!(refused, Err(ZipError::Name(name.to_owned())));
        }
        let twice = [
            file("a/b.html", b"1"),
            file("c", b"2"),
            file("a/B.html", b"3"),
        ];
        let refused = write(&twice, Timestamp::MIN);
        assert_eq!(refused, Err(ZipError::Twice("a/B.html".to_owned())));
        let long = write(&[file(&"a".repeat(70_000), b"")], Timestamp::MIN);
        assert!(matches!(long, Err(ZipError::Name(name)) if name.len() == 40));
    }

    #[test]
    fn an_empty_archive_is_one() {
        assert_eq!(unpacked(write(&[], Timestamp::MIN).unwrap()), []);
    }

    #[test]
    fn more_files_than_can_be_counted_are_refused() {
        // Checking names in pairs would take minutes here, so only the count is asked for.
        assert_eq!(size(u32::MAX as usize), Err(ZipError::TooLarge));
        assert_eq!(size(7), Ok(7));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]
        #[test]
        fn another_reader_finds_the_same_files(
            contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..8),
            name in "[a-zäöß漢🧯][a-z0-9 _äöß漢🧯]{0,12}",
            ms in Timestamp::MIN.ms()..=Timestamp::MAX.ms(),
        ) {
            let files: Vec<File> = contents
                .iter()
                .enumerate()
                .map(|(index, bytes)| file(&format!("{index}/{name}.html"), bytes))
                .collect();
            let archive = write(&files, Timestamp::clamped(ms)).unwrap();
            prop_assert_eq!(&archive, &write(&files, Timestamp::clamped(ms)).unwrap());
            prop_assert_eq!(unpacked(archive), files);
        }
    }
}
