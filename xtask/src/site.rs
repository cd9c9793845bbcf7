//! Builds the site into `dist/`, as people will get it: what `index.html` and `Trunk.toml` describe.
//!
//! Trunk builds the site from the same two files; it is not asked to, because to compile it takes
//! longer on a new machine than everything else together, and because it makes neither the worker
//! that keeps the site for later nor Muster in one file.

mod one_file;
mod page;
mod worker;

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use self::page::{Asset, Page};
use crate::place;
use crate::run::{Outcome, Trouble, must, step};
use crate::setup::{tools, wasm};
use crate::versions::TARGET;

/// The program's name, and its files'.
const NAME: &str = "muster";

/// Builds the release site; seconds where nothing has changed.
pub fn build() -> Outcome<()> {
    let wasm = wasm::ready()?;
    tools::ready()?;
    step(
        "Building the site into dist (three minutes from nothing)",
        || {
            compile(wasm)?;
            let program = bind(wasm)?;
            let site = place::scratch().join("site");
            assemble(&site, &program)?;
            put_in_place(&site, &place::dist())
        },
    )
}

fn compile(wasm: wasm::Wasm) -> Outcome<()> {
    let mut cargo = wasm.program("cargo");
    cargo.args(["build", "--release", "--quiet", "--bin", NAME]);
    cargo.args(["--target", TARGET]);
    cargo.arg("--config").arg(without_places());
    must(
        &mut cargo,
        "The site could not be built; what stands above says why: cargo xtask build",
    )
}

/// Where a panic names its line, it names it by the crate, not by where this machine keeps it: so
/// the same sources give the same program anywhere.
fn without_places() -> String {
    let mut flags = vec![remapped(&place::root(), NAME)];
    flags.extend(
        place::sources()
            .iter()
            .map(|folder| remapped(folder, "crates")),
    );
    format!("target.{TARGET}.rustflags = [{}]", flags.join(", "))
}

fn remapped(from: &Path, to: &str) -> String {
    let flag = format!("--remap-path-prefix={}={to}", from.display());
    // TOML takes a text in single quotes as it stands.
    if flag.contains('\'') {
        format!("{flag:?}")
    } else {
        format!("'{flag}'")
    }
}

/// The glue between the browser and the program: the folder with both.
fn bind(wasm: wasm::Wasm) -> Outcome<PathBuf> {
    let folder = place::scratch().join("bindgen");
    let _ = fs::remove_dir_all(&folder);
    let built = place::target().join(TARGET).join("release");
    let mut bindgen = wasm.program("wasm-bindgen");
    bindgen.arg(built.join(NAME).with_extension("wasm"));
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", NAME]);
    bindgen.arg("--out-dir").arg(&folder);
    must(&mut bindgen, "wasm-bindgen failed: cargo xtask build")?;
    Ok(folder)
}

/// Puts the site together in a folder of its own.
fn assemble(site: &Path, program: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(site);
    make(site)?;
    let root = place::root();
    let page = Page::read(&text(&root.join("index.html"))?)?;
    let pattern = page::pattern_script(&text(&root.join("Trunk.toml"))?)?;
    let mut styles = String::new();
    for asset in page.assets() {
        match asset {
            Asset::Folder(path) => copy_folder(&root.join(path), &site.join(path))?,
            Asset::File(path) => copy(&root.join(path), &site.join(name_of(path)))?,
            Asset::Style(path) => styles.push_str(&text(&root.join(path))?),
            Asset::Program => {}
        }
    }
    let style = named("style", "css", styles.as_bytes());
    write(&site.join(&style), styles.as_bytes())?;
    let script = add_program(site, program, &pattern)?;
    let html = page.with(&page::style_link(&style), &script);
    write(&site.join("index.html"), html.as_bytes())?;
    let parts = one_file::Parts {
        styles: &styles,
        glue: &text(&program.join(format!("{NAME}.js")))?,
        start: &text(&root.join("start.js"))?,
        program: &bytes(&program.join(format!("{NAME}_bg.wasm")))?,
        icon: &bytes(&root.join(one_file::ICON))?,
    };
    let one = one_file::written(&page, &parts)?;
    write(&site.join(one_file::NAME), one.as_bytes())?;
    let worker = worker::written(&text(&root.join(worker::NAME))?, &kept(site)?)?;
    write(&site.join(worker::NAME), worker.as_bytes())
}

/// What the worker keeps: all that a visit asks for, but the worker itself.
fn kept(site: &Path) -> Outcome<Vec<worker::Kept>> {
    let asked = first_visit(site)?;
    let files = asked.iter().filter(|file| !file.ends_with(worker::NAME));
    files
        .map(|file| {
            let name = file.strip_prefix(site).unwrap_or(file);
            Ok(worker::Kept::of(&name.to_string_lossy(), &bytes(file)?))
        })
        .collect()
}

/// All that a first visit downloads: the page, the files that it names, and the worker.
pub fn first_visit(site: &Path) -> Outcome<Vec<PathBuf>> {
    let page = site.join("index.html");
    let html = fs::read_to_string(&page)
        .map_err(|_| Trouble("There is no site in dist yet: cargo xtask build".to_owned()))?;
    let mut files = vec![page];
    for name in page::named(&html).chain([worker::NAME]) {
        let file = site.join(name);
        if file.is_file() && !files.contains(&file) {
            files.push(file);
        }
    }
    Ok(files)
}

/// The program and its glue under names of their content; the tag that starts them.
fn add_program(site: &Path, program: &Path, pattern: &str) -> Outcome<String> {
    let bytes = bytes(&program.join(format!("{NAME}_bg.wasm")))?;
    let wasm_name = named(NAME, "wasm", &bytes);
    write(&site.join(&wasm_name), &bytes)?;
    let glue = text(&program.join(format!("{NAME}.js")))?;
    let glue = glue.replace(&format!("{NAME}_bg.wasm"), &wasm_name);
    let glue_name = named(NAME, "js", glue.as_bytes());
    write(&site.join(&glue_name), glue.as_bytes())?;
    let snippets = program.join("snippets");
    if snippets.is_dir() {
        copy_folder(&snippets, &site.join("snippets"))?;
    }
    Ok(page::script(pattern, &glue_name, &wasm_name))
}

/// A name that changes with the content, so that a browser may keep what it has.
fn named(name: &str, ending: &str, content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{name}-{:016x}.{ending}", hasher.finish())
}

/// What was there before goes; whoever serves it meanwhile has it whole or not at all.
fn put_in_place(site: &Path, dist: &Path) -> Outcome<()> {
    let _ = fs::remove_dir_all(dist);
    if fs::rename(site, dist).is_ok() {
        return Ok(());
    }
    // On another file system.
    copy_folder(site, dist)
}

fn name_of(path: &Path) -> &Path {
    path.file_name().map_or(path, Path::new)
}

/// A text with its lines ended as browsers count them, whatever a checkout made of them.
fn text(path: &Path) -> Outcome<String> {
    let text = fs::read_to_string(path).map_err(|error| unread(path, &error))?;
    Ok(text.replace("\r\n", "\n"))
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| unread(path, &error))
}

fn unread(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble(format!("{} cannot be read ({error}).", path.display()))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble(format!("{} cannot be written ({error}).", path.display()))
}

fn make(folder: &Path) -> Outcome<()> {
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))
}

fn write(path: &Path, content: &[u8]) -> Outcome<()> {
    fs::write(path, content).map_err(|error| unwritten(path, &error))
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    fs::copy(from, to).map_err(|error| unwritten(to, &error))?;
    Ok(())
}

fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    make(to)?;
    let entries = fs::read_dir(from).map_err(|error| unread(from, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| unread(from, &error))?.path();
        let target = to.join(name_of(&path));
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else {
            copy(&path, &target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_content_has_another_name() {
        let name = named("style", "css", b"a {}");
        assert_eq!(name, named("style", "css", b"a {}"));
        assert_ne!(name, named("style", "css", b"b {}"));
        assert!(name.starts_with("style-") && name.ends_with(".css") && name.len() == 26);
    }

    #[test]
    fn a_folder_takes_the_place_of_the_one_before() -> Outcome<()> {
        let folder = place::scratch().join("in-place");
        let (site, dist) = (folder.join("site"), folder.join("dist"));
        make(&site.join("inner"))?;
        make(&dist)?;
        write(&site.join("inner/new.txt"), b"new")?;
        write(&dist.join("old.txt"), b"old")?;
        put_in_place(&site, &dist)?;
        assert_eq!(text(&dist.join("inner/new.txt"))?, "new");
        assert!(!dist.join("old.txt").exists());
        let _ = fs::remove_dir_all(&folder);
        Ok(())
    }
}
