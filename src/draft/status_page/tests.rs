use std::collections::BTreeSet;
use std::str::FromStr;

use expect_test::expect;
use proptest::prelude::*;

use super::*;
use crate::format::statuspage;
use crate::model::term::Stamp;
use crate::model::{Cursor, Fold, Incident};

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

fn component(name: &str, status: Condition) -> Component {
    Component {
        id: name.to_lowercase(),
        name: name.to_owned(),
        status,
    }
}

fn said(id: &str, at: Timestamp, status: Phase, body: &str) -> PublicUpdate {
    PublicUpdate {
        id: id.to_owned(),
        status,
        body: body.to_owned(),
        at,
        components: Vec::new(),
    }
}

fn small() -> Page {
    let mut first = said(
        "u-1",
        at("2026-11-24T02:20:00Z"),
        Phase::Investigating,
        "Card payments fail.",
    );
    first.components = vec![component("Payments", Condition::MajorOutage)];
    let mut second = said(
        "u-2",
        at("2026-11-24T02:50:00Z"),
        Phase::Identified,
        "We found the cause & are on it.\nPayments by bank transfer work.\n\nNext update by 03:20 UTC.",
    );
    second.components = vec![component("Payments", Condition::PartialOutage)];
    let over = said(
        "u-3",
        at("2026-11-20T11:00:00Z"),
        Phase::Resolved,
        "Mail is on time again.",
    );
    Page {
        name: "Acme".to_owned(),
        url: Some(Address::read("https://status.example").unwrap()),
        updated: at("2026-11-24T02:51:00Z"),
        components: vec![
            component("Payments", Condition::PartialOutage),
            component("Mail", Condition::Operational),
        ],
        incidents: vec![
            PublicIncident {
                id: "mail-late-2026".to_owned(),
                title: "Mail is late".to_owned(),
                impact: Impact::Minor,
                status: Phase::Resolved,
                started_at: at("2026-11-20T09:00:00Z"),
                created_at: at("2026-11-20T09:10:00Z"),
                monitoring_at: None,
                resolved_at: Some(at("2026-11-20T11:00:00Z")),
                updates: vec![over],
            },
            PublicIncident {
                id: "0123456789abcdef".to_owned(),
                title: "Card payments fail".to_owned(),
                impact: Impact::Major,
                status: Phase::Identified,
                started_at: at("2026-11-24T02:13:00Z"),
                created_at: at("2026-11-24T02:20:00Z"),
                monitoring_at: None,
                resolved_at: None,
                updates: vec![first, second],
            },
        ],
    }
}

fn content(files: &[File], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8(file.bytes.clone()).unwrap()
}

fn json(files: &[File], path: &str) -> serde_json::Value {
    serde_json::from_str(&content(files, path)).unwrap()
}

#[test]
fn the_folder_holds_these_files() {
    let files = files(&small());
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    expect![[r#"
        index.html
        history/index.html
        history/0123456789abcdef.html
        history/mail-late-2026.html
        status.css
        feed.atom
        api/v2/summary.json
        api/v2/status.json
        api/v2/components.json
        api/v2/incidents.json
        api/v2/incidents/unresolved.json
        api/v2/scheduled-maintenances.json
        api/v2/scheduled-maintenances/active.json
        api/v2/scheduled-maintenances/upcoming.json
        incidents.json
        summary.json"#]]
    .assert_eq(&paths.join("\n"));
    assert_eq!(
        content(&files, "incidents.json"),
        content(&files, "api/v2/incidents.json")
    );
    assert_eq!(
        content(&files, "summary.json"),
        content(&files, "api/v2/summary.json")
    );
}

#[test]
fn the_first_page_tells_what_is_then_what_was() {
    expect![[r#"
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Acme status: Some systems are down</title>
        <link rel="canonical" href="https://status.example/">
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="status.css">
        <link rel="alternate" type="application/atom+xml" title="Acme status" href="feed.atom">
        </head>
        <body>
        <header><p><bdi>Acme status</bdi></p></header>
        <main>
        <h1 class="overall major">Some systems are down</h1>
        <p class="facts">As of <time datetime="2026-11-24T02:51:00.000Z">24 November 2026, 02:51 UTC</time></p>
        <section aria-labelledby="open">
        <h2 id="open">Open incidents</h2>
        <article class="incident major">
        <h3><a href="history/0123456789abcdef.html"><bdi>Card payments fail</bdi></a></h3>
        <dl class="facts">
        <div><dt>Status</dt><dd>Identified</dd></div>
        <div><dt>Impact</dt><dd>Major</dd></div>
        <div><dt>Began</dt><dd><time datetime="2026-11-24T02:13:00.000Z">24 November 2026, 02:13 UTC</time></dd></div>
        <div><dt>Services</dt><dd><bdi>Payments</bdi> (partial outage)</dd></div>
        </dl>
        <ol class="updates" reversed>
        <li>
        <p class="said"><strong>Identified</strong> <time datetime="2026-11-24T02:50:00.000Z">24 November 2026, 02:50 UTC</time></p>
        <div class="words">
        <p dir="auto">We found the cause &amp; are on it.<br>
        Payments by bank transfer work.</p>
        <p dir="auto">Next update by 03:20 UTC.</p>
        </div>
        </li>
        <li>
        <p class="said"><strong>Investigating</strong> <time datetime="2026-11-24T02:20:00.000Z">24 November 2026, 02:20 UTC</time></p>
        <div class="words">
        <p dir="auto">Card payments fail.</p>
        </div>
        </li>
        </ol>
        </article>
        </section>
        <section aria-labelledby="services">
        <h2 id="services">Services</h2>
        <ul class="services">
        <li><bdi>Payments</bdi> <span class="state major">Partial outage</span></li>
        <li><bdi>Mail</bdi> <span class="state none">Operational</span></li>
        </ul>
        </section>
        <section aria-labelledby="past">
        <h2 id="past">Past incidents</h2>
        <h3><time datetime="2026-11-20">20 November 2026</time></h3>
        <article class="incident minor">
        <h4><a href="history/mail-late-2026.html"><bdi>Mail is late</bdi></a></h4>
        <p class="said"><strong>Resolved</strong> <time datetime="2026-11-20T11:00:00.000Z">20 November 2026, 11:00 UTC</time></p>
        <div class="words">
        <p dir="auto">Mail is on time again.</p>
        </div>
        </article>
        <p><a href="history/index.html">All incidents</a></p>
        </section>
        </main>
        <footer><p>All times are in UTC. <a href="feed.atom">Atom feed</a>, <a href="api/v2/summary.json">JSON</a>.</p></footer>
        </body>
        </html>
    "#]].assert_eq(&content(&files(&small()), "index.html"));
}

#[test]
fn an_incident_has_a_page_of_its_own() {
    expect![[r#"
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Card payments fail: Acme status</title>
        <link rel="canonical" href="https://status.example/history/0123456789abcdef.html">
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="../status.css">
        <link rel="alternate" type="application/atom+xml" title="Acme status" href="../feed.atom">
        </head>
        <body>
        <header><p><a href="../index.html"><bdi>Acme status</bdi></a></p></header>
        <main>
        <article class="incident major">
        <h1><bdi>Card payments fail</bdi></h1>
        <dl class="facts">
        <div><dt>Status</dt><dd>Identified</dd></div>
        <div><dt>Impact</dt><dd>Major</dd></div>
        <div><dt>Began</dt><dd><time datetime="2026-11-24T02:13:00.000Z">24 November 2026, 02:13 UTC</time></dd></div>
        <div><dt>Services</dt><dd><bdi>Payments</bdi> (partial outage)</dd></div>
        </dl>
        <ol class="updates" reversed>
        <li>
        <p class="said"><strong>Identified</strong> <time datetime="2026-11-24T02:50:00.000Z">24 November 2026, 02:50 UTC</time></p>
        <div class="words">
        <p dir="auto">We found the cause &amp; are on it.<br>
        Payments by bank transfer work.</p>
        <p dir="auto">Next update by 03:20 UTC.</p>
        </div>
        </li>
        <li>
        <p class="said"><strong>Investigating</strong> <time datetime="2026-11-24T02:20:00.000Z">24 November 2026, 02:20 UTC</time></p>
        <div class="words">
        <p dir="auto">Card payments fail.</p>
        </div>
        </li>
        </ol>
        </article>
        </main>
        <footer><p>All times are in UTC. <a href="../feed.atom">Atom feed</a>, <a href="../api/v2/summary.json">JSON</a>.</p></footer>
        </body>
        </html>
    "#]].assert_eq(&content(&files(&small()), "history/0123456789abcdef.html"));
}

#[test]
fn the_feed_has_an_entry_for_each_incident() {
    expect![[r#"
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
        <id>urn:uuid:4a09e836-6ed0-80fb-93cb-cd1824aafd43</id>
        <title>Acme status</title>
        <updated>2026-11-24T02:50:00.000Z</updated>
        <author><name>Acme</name></author>
        <generator>Muster</generator>
        <link rel="alternate" type="text/html" href="https://status.example/"/>
        <link rel="self" type="application/atom+xml" href="https://status.example/feed.atom"/>
        <entry>
        <id>urn:uuid:f82d9002-9927-8410-8852-5fdd116bf670</id>
        <title>Card payments fail</title>
        <published>2026-11-24T02:20:00.000Z</published>
        <updated>2026-11-24T02:50:00.000Z</updated>
        <link rel="alternate" type="text/html" href="https://status.example/history/0123456789abcdef.html"/>
        <content type="html">&lt;p&gt;&lt;strong&gt;Identified&lt;/strong&gt;, 24 November 2026, 02:50 UTC&lt;/p&gt;
        &lt;p dir=&quot;auto&quot;&gt;We found the cause &amp;amp; are on it.&lt;br&gt;
        Payments by bank transfer work.&lt;/p&gt;
        &lt;p dir=&quot;auto&quot;&gt;Next update by 03:20 UTC.&lt;/p&gt;
        &lt;p&gt;&lt;strong&gt;Investigating&lt;/strong&gt;, 24 November 2026, 02:20 UTC&lt;/p&gt;
        &lt;p dir=&quot;auto&quot;&gt;Card payments fail.&lt;/p&gt;
        &lt;p&gt;Services: Payments&lt;/p&gt;
        </content>
        </entry>
        <entry>
        <id>urn:uuid:65148dc8-e63b-8dce-9275-e47704a836d1</id>
        <title>Mail is late</title>
        <published>2026-11-20T09:10:00.000Z</published>
        <updated>2026-11-20T11:00:00.000Z</updated>
        <link rel="alternate" type="text/html" href="https://status.example/history/mail-late-2026.html"/>
        <content type="html">&lt;p&gt;&lt;strong&gt;Resolved&lt;/strong&gt;, 20 November 2026, 11:00 UTC&lt;/p&gt;
        &lt;p dir=&quot;auto&quot;&gt;Mail is on time again.&lt;/p&gt;
        </content>
        </entry>
        </feed>
    "#]].assert_eq(&content(&files(&small()), "feed.atom"));
}

#[test]
fn the_summary_is_what_programs_ask_for() {
    let summary = json(&files(&small()), "summary.json");
    expect![[r#"
        {
          "components": [
            {
              "created_at": "2026-11-24T02:20:00.000Z",
              "description": null,
              "group": false,
              "group_id": null,
              "id": "payments",
              "name": "Payments",
              "only_show_if_degraded": false,
              "page_id": "93d0f93bb1d3",
              "position": 1,
              "showcase": false,
              "start_date": null,
              "status": "partial_outage",
              "updated_at": "2026-11-24T02:50:00.000Z"
            },
            {
              "created_at": "2026-11-24T02:51:00.000Z",
              "description": null,
              "group": false,
              "group_id": null,
              "id": "mail",
              "name": "Mail",
              "only_show_if_degraded": false,
              "page_id": "93d0f93bb1d3",
              "position": 2,
              "showcase": false,
              "start_date": null,
              "status": "operational",
              "updated_at": "2026-11-24T02:51:00.000Z"
            }
          ],
          "incidents": [
            {
              "components": [
                {
                  "created_at": "2026-11-24T02:20:00.000Z",
                  "description": null,
                  "group": false,
                  "group_id": null,
                  "id": "payments",
                  "name": "Payments",
                  "only_show_if_degraded": false,
                  "page_id": "93d0f93bb1d3",
                  "position": 1,
                  "showcase": false,
                  "start_date": null,
                  "status": "partial_outage",
                  "updated_at": "2026-11-24T02:50:00.000Z"
                }
              ],
              "created_at": "2026-11-24T02:20:00.000Z",
              "id": "0123456789abcdef",
              "impact": "major",
              "incident_updates": [
                {
                  "affected_components": [
                    {
                      "code": "payments",
                      "name": "Payments",
                      "new_status": "partial_outage",
                      "old_status": "major_outage"
                    }
                  ],
                  "body": "We found the cause & are on it.\nPayments by bank transfer work.\n\nNext update by 03:20 UTC.",
                  "created_at": "2026-11-24T02:50:00.000Z",
                  "deliver_notifications": false,
                  "display_at": "2026-11-24T02:50:00.000Z",
                  "id": "u-2",
                  "incident_id": "0123456789abcdef",
                  "status": "identified",
                  "updated_at": "2026-11-24T02:50:00.000Z"
                },
                {
                  "affected_components": [
                    {
                      "code": "payments",
                      "name": "Payments",
                      "new_status": "major_outage",
                      "old_status": "operational"
                    }
                  ],
                  "body": "Card payments fail.",
                  "created_at": "2026-11-24T02:20:00.000Z",
                  "deliver_notifications": false,
                  "display_at": "2026-11-24T02:20:00.000Z",
                  "id": "u-1",
                  "incident_id": "0123456789abcdef",
                  "status": "investigating",
                  "updated_at": "2026-11-24T02:20:00.000Z"
                }
              ],
              "monitoring_at": null,
              "name": "Card payments fail",
              "page_id": "93d0f93bb1d3",
              "resolved_at": null,
              "shortlink": "https://status.example/history/0123456789abcdef.html",
              "started_at": "2026-11-24T02:13:00.000Z",
              "status": "identified",
              "updated_at": "2026-11-24T02:50:00.000Z"
            }
          ],
          "page": {
            "id": "93d0f93bb1d3",
            "name": "Acme",
            "time_zone": "Etc/UTC",
            "updated_at": "2026-11-24T02:51:00.000Z",
            "url": "https://status.example/"
          },
          "scheduled_maintenances": [],
          "status": {
            "description": "Partial System Outage",
            "indicator": "major"
          }
        }"#]].assert_eq(&serde_json::to_string_pretty(&summary).unwrap());
}

#[test]
fn the_whole_is_as_bad_as_its_worst_part() {
    use Condition::{DegradedPerformance, MajorOutage, Operational, PartialOutage};
    let mut page = small();
    page.incidents.truncate(1);
    for (states, open, indicator) in [
        ([Operational, Operational], None, "none"),
        ([DegradedPerformance, Operational], None, "minor"),
        ([Operational, PartialOutage], Some(Impact::None), "major"),
        (
            [MajorOutage, DegradedPerformance],
            Some(Impact::Minor),
            "critical",
        ),
        (
            [Operational, Operational],
            Some(Impact::Critical),
            "critical",
        ),
    ] {
        page.components = states.map(|status| component("Any", status)).to_vec();
        let incident = &mut page.incidents[0];
        incident.status = open.map_or(Phase::Postmortem, |_| Phase::Monitoring);
        incident.impact = open.unwrap_or(Impact::Critical);
        let status = json(&files(&page), "api/v2/status.json");
        assert_eq!(
            status["status"]["indicator"], indicator,
            "{states:?} {open:?}"
        );
        let open = open.map_or(0, |_| 1);
        let unresolved = json(&files(&page), "api/v2/incidents/unresolved.json");
        assert_eq!(unresolved["incidents"].as_array().unwrap().len(), open);
    }
}

#[test]
fn without_an_address_nothing_names_one() {
    let page = Page {
        url: None,
        ..small()
    };
    let files = files(&page);
    for file in &files {
        let text = content(&files, &file.path).replace("http://www.w3.org/2005/Atom", "");
        assert!(
            !text.contains("http://") && !text.contains("https://"),
            "{}",
            file.path
        );
    }
    assert!(!content(&files, "feed.atom").contains("rel=\"self\""));
}

#[test]
fn an_empty_page_is_one() {
    let page = Page {
        name: " ".to_owned(),
        url: None,
        updated: at("2026-11-24T02:51:00Z"),
        components: Vec::new(),
        incidents: Vec::new(),
    };
    let files = files(&page);
    let index = content(&files, "index.html");
    assert!(index.contains("<title>Status: All systems operational</title>"));
    assert!(!index.contains("id=\"open\"") && !index.contains("id=\"services\""));
    let feed = atom_syndication::Feed::from_str(&content(&files, "feed.atom")).unwrap();
    assert!(feed.entries().is_empty());
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-24T02:51:00+00:00");
}

#[test]
fn of_two_with_one_id_the_later_counts() {
    let mut page = small();
    let mut later = page.incidents[1].clone();
    later.status = Phase::Resolved;
    later.resolved_at = Some(at("2026-11-24T04:00:00Z"));
    page.incidents.insert(0, later);
    let held = json(&files(&page), "incidents.json");
    let held = held["incidents"].as_array().unwrap().clone();
    assert_eq!(held.len(), 2);
    assert_eq!(held[0]["status"], "resolved");
}

#[test]
fn only_the_newest_past_incidents_are_on_the_first_page() {
    let mut page = small();
    let one = page.incidents.remove(0);
    page.incidents = (0..60_u32)
        .map(|number| PublicIncident {
            id: format!("incident-{number}"),
            started_at: one.started_at + crate::model::Span::hours(i64::from(number) * 5),
            ..one.clone()
        })
        .collect();
    let files = files(&page);
    let count = |path: &str, text: &str| content(&files, path).matches(text).count();
    assert_eq!(count("index.html", "<article"), 20);
    assert_eq!(count("history/index.html", "<article"), 60);
    assert_eq!(count("feed.atom", "<entry>"), 50);
    assert!(content(&files, "index.html").contains("incident-59.html"));
}

#[test]
fn where_a_page_is_reads_as_people_paste_it() {
    for (text, read) in [
        ("https://status.example", Ok("https://status.example/")),
        (" https://status.example/ ", Ok("https://status.example/")),
        (
            "http://intranet:8080/it/status/index.html",
            Ok("http://intranet:8080/it/status/"),
        ),
        ("https://a.example/x//", Ok("https://a.example/x/")),
        ("https://", Err(AddressError::NotAFolder)),
        ("https:///x", Err(AddressError::NotAFolder)),
        ("https://a.example/?q", Err(AddressError::NotAFolder)),
        ("https://a.example/#x", Err(AddressError::NotAFolder)),
        ("https://me@a.example", Err(AddressError::NotAFolder)),
        (
            "https://a.example/\"><script>",
            Err(AddressError::NotAFolder),
        ),
        ("https://a.example/two words", Err(AddressError::NotAFolder)),
        ("javascript:alert(1)", Err(AddressError::NotWeb)),
        ("status.example", Err(AddressError::NotWeb)),
        ("", Err(AddressError::NotWeb)),
    ] {
        let found = Address::read(text);
        assert_eq!(
            found.as_ref().map(Address::as_str),
            read.as_ref().copied(),
            "{text}"
        );
    }
}

#[test]
fn names_in_files_lead_back() {
    for condition in Condition::ALL {
        assert_eq!(Condition::named(condition.name()), Some(condition));
    }
    for impact in Impact::ALL {
        assert_eq!(Impact::named(impact.name()), Some(impact));
    }
}

#[test]
fn a_file_is_named_by_a_plain_id_and_by_a_digest_of_any_other() {
    for (id, is_plain) in [
        ("0123456789abcdef", true),
        ("23274163", true),
        ("index", false),
        ("con", false),
        ("../../etc/passwd", false),
        ("ABCDEFGH", false),
        ("a name of eight", false),
        ("", false),
        (&"a".repeat(65), false),
        (&slug("index"), false),
    ] {
        let slug = slug(id);
        assert_eq!(slug == id, is_plain, "{id}");
        assert!(slug.len() <= 64 && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    }
    let all: BTreeSet<String> = ["index", "INDEX", "Index", "index "].map(slug).into();
    assert_eq!(all.len(), 4);
}

#[test]
fn the_archive_is_the_folder() {
    let page = small();
    let archive = archive(&page).unwrap();
    let mut archive = ::zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    for file in files(&page) {
        let mut bytes = Vec::new();
        let mut entry = archive.by_name(&file.path).unwrap();
        std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
        assert_eq!(bytes, file.bytes, "{}", file.path);
    }
}

/// Texts as nobody should write them.
fn nasty() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onclick='x",
        "]]>",
        "<![CDATA[",
        "<!--",
        "-->",
        "&amp;",
        "&",
        "</title>",
        "</p></article>",
        "<?xml",
        "\0\u{1}\u{b}\u{1f}\u{7f}\u{9f}",
        "\u{fffe}\u{ffff}\u{fdd0}\u{1fffe}",
        "\u{202e}\u{2066}",
        "🧯👩‍🚒",
        "مرحبا",
        "\r\n",
        "\n\n",
        "\u{2028}",
        "\t",
        " ",
        "words",
    ]);
    prop_oneof![
        3 => prop::collection::vec(pieces, 0..8).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

/// The marks of a page without any text, and without the marks that a text's lines bring.
fn marks(html: &str) -> String {
    let mut out = String::new();
    for part in html.split('<').skip(1) {
        let (mark, _) = part
            .split_once('>')
            .unwrap_or_else(|| panic!("unclosed: <{part}"));
        let (name, _) = mark.split_once(' ').unwrap_or((mark, ""));
        if !matches!(name, "p" | "/p" | "br") {
            // Attributes may hold texts, but there are as many of them, and no other ones.
            let quotes = mark.matches('"').count();
            let names: Vec<&str> = mark.split('"').step_by(2).collect();
            out.push_str(&format!("<{} {quotes}>", names.join("")));
        }
    }
    out
}

/// A page whose every text is one of these, in turn.
fn texts_everywhere(texts: &[String]) -> Page {
    let mut turn = texts.iter().cycle().cloned();
    let mut next = || turn.next().unwrap();
    let mut page = small();
    page.name = next();
    for component in &mut page.components {
        component.name = next();
    }
    for incident in &mut page.incidents {
        incident.title = next();
        for update in &mut incident.updates {
            update.body = next();
            for component in &mut update.components {
                component.name = next();
            }
        }
    }
    page
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn no_text_becomes_markup(texts in prop::collection::vec(nasty(), 1..9)) {
        let plain = files(&texts_everywhere(&["words".to_owned()]));
        let page = texts_everywhere(&texts);
        let hostile = files(&page);
        prop_assert_eq!(&hostile, &files(&page));
        for (plain, hostile) in plain.iter().zip(&hostile) {
            prop_assert_eq!(&plain.path, &hostile.path);
            let text = std::str::from_utf8(&hostile.bytes).unwrap();
            if !hostile.path.ends_with(".json") && !hostile.path.ends_with(".css") {
                // What XML 1.0 calls a character; control characters of the second set are an error
                // in HTML.
                let allowed = |c: char| matches!(c,
                    '\n' | '\t' | ' '..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'..);
                prop_assert_eq!(text.chars().find(|&c| !allowed(c)), None);
                let plain = std::str::from_utf8(&plain.bytes).unwrap();
                prop_assert_eq!(marks(text), marks(plain), "{}", hostile.path);
            }
        }
    }

    #[test]
    fn another_reader_of_the_feed_finds_what_was_said(texts in prop::collection::vec(nasty(), 1..9)) {
        let page = texts_everywhere(&texts);
        let feed = atom_syndication::Feed::from_str(&content(&files(&page), "feed.atom"));
        let feed = feed.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let known = atom_syndication::Feed::from_str(&content(&files(&small()), "feed.atom")).unwrap();
        prop_assert_eq!(feed.entries().len(), 2);
        prop_assert!(!feed.authors()[0].name().trim().is_empty());
        for (entry, known) in feed.entries().iter().zip(known.entries()) {
            prop_assert_eq!(entry.id(), known.id());
            prop_assert_eq!(entry.updated(), known.updated());
            let content = entry.content().unwrap();
            prop_assert_eq!(content.content_type(), Some("html"));
            // Read once it is HTML, in which the texts are harmless.
            let html = content.value().unwrap();
            for mark in html.split('<').skip(1) {
                let known = ["p>", "/p>", "br>", "strong>", "/strong>", "p dir=\"auto\">"];
                prop_assert!(known.iter().any(|known| mark.starts_with(known)), "<{}", mark);
            }
        }
        prop_assert_eq!(feed.id() == known.id(), page.name == small().name);
    }

    #[test]
    fn the_json_comes_back_as_it_was(texts in prop::collection::vec(nasty(), 1..9)) {
        let page = texts_everywhere(&texts);
        let held = json(&files(&page), "incidents.json");
        prop_assert_eq!(held["page"]["name"].as_str(), Some(page.name.as_str()));
        let newest = &page.incidents[1];
        let first = &held["incidents"][0];
        prop_assert_eq!(first["name"].as_str(), Some(newest.title.as_str()));
        let said = first["incident_updates"][1]["body"].as_str();
        prop_assert_eq!(said, Some(newest.updates[0].body.as_str()));
        prop_assert_eq!(&first["incident_updates"][0]["affected_components"][0]["old_status"], "major_outage");
    }

    #[test]
    fn our_own_reader_finds_the_same_incidents(texts in prop::collection::vec(nasty(), 1..9)) {
        let page = texts_everywhere(&texts);
        let reading = statuspage::read(&content(&files(&page), "incidents.json")).unwrap();
        prop_assert_eq!(reading.problems, vec![]);
        prop_assert_eq!(reading.logs.len(), page.incidents.len());
        for log in &reading.logs {
            let fold = Fold::of(&[log], Cursor::Now);
            let read: &Incident = fold.incident();
            let began = read.stamp(Stamp::ImpactStarted);
            let written = page.incidents.iter().find(|one| Some(one.started_at) == began).unwrap();
            let title = Some(written.title.as_str()).filter(|title| !title.trim().is_empty());
            prop_assert_eq!(read.title(), title);
            prop_assert_eq!(read.declared_at(), Some(written.created_at));
            prop_assert_eq!(read.stamp(Stamp::Resolved), written.resolved_at);
            prop_assert_eq!(read.priority().map(Impact::of), Some(written.impact));
            let mut texts: Vec<_> = read.updates.iter().map(|said| (said.when, said.what.phase, said.what.text.as_str())).collect();
            // A log has its own order.
            texts.sort();
            let said: Vec<_> = written.updates.iter().map(|said| (said.at, Some(said.status), said.body.as_str())).collect();
            prop_assert_eq!(texts, said);
        }
    }
}

#[test]
fn a_plain_text_keeps_its_paragraphs_and_lines() {
    for (body, html) in [
        ("one", "<p dir=\"auto\">one</p>\n"),
        ("one\ntwo", "<p dir=\"auto\">one<br>\ntwo</p>\n"),
        (
            "one\r\n\r\ntwo",
            "<p dir=\"auto\">one</p>\n<p dir=\"auto\">two</p>\n",
        ),
        (
            "\n\n one \n \n\n\ntwo\n",
            "<p dir=\"auto\"> one</p>\n<p dir=\"auto\">two</p>\n",
        ),
        ("<b>&\"'", "<p dir=\"auto\">&lt;b&gt;&amp;&quot;&#39;</p>\n"),
        (" \n", ""),
    ] {
        assert_eq!(text::paragraphs(body), html, "{body:?}");
    }
    // In a line nothing turns what comes after it.
    assert_eq!(text::line(" a\u{202e}b\n\tc\u{2067} "), "ab c");
}

/// The colours of a block of the style sheet.
fn colours(block: &str) -> Vec<(&str, [f64; 3])> {
    let lines = block.lines().filter_map(|line| {
        let (name, value) = line.trim().strip_prefix("--")?.split_once(": #")?;
        let number = u32::from_str_radix(value.trim_end_matches(';'), 16).unwrap();
        let part = |shift: u32| f64::from((number >> shift) & 255) / 255.0;
        Some((name, [part(16), part(8), part(0)]))
    });
    lines.collect()
}

/// WCAG 2.2, relative luminance and contrast ratio.
fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let [red, green, blue] = colour.map(|part| {
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    (one / other).max(other / one)
}

#[test]
fn every_colour_can_be_read_on_both_grounds_in_light_and_dark() {
    let style = include_str!("status.css");
    let (light, dark) = style
        .split_once("@media (prefers-color-scheme: dark)")
        .unwrap();
    for (scheme, block) in [("light", light), ("dark", dark)] {
        let colours = colours(block);
        assert_eq!(colours.len(), 10, "{scheme}");
        let named = |name: &str| colours.iter().find(|(other, _)| *other == name).unwrap().1;
        for ground in ["paper", "sheet"] {
            for (name, colour) in &colours {
                // Lines are no text: 3 to 1 is enough (1.4.11).
                let least = match *name {
                    "paper" | "sheet" => continue,
                    "line" => 3.0,
                    _ => 4.5,
                };
                let found = contrast(*colour, named(ground));
                assert!(
                    found >= least,
                    "{scheme}: {name} on {ground} is {found:.2} to 1"
                );
            }
        }
    }
    // A colour that is not named in a block would not be weighed.
    let colours = style.matches('#').count();
    assert_eq!(colours, 20);
}
