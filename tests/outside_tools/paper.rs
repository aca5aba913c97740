//! What a browser prints of the pages.

use std::path::Path;
use std::process::Command;

use super::site::Site;
use super::tools::{run, tools};

#[test]
fn a_summary_is_one_page_of_paper() {
    let Some(tools) = tools(&["chromium", "pdfinfo"]) else { return };
    let pages = |address: &str, made: &Path| -> u32 {
        run(Command::new(&tools[0])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
            .arg(format!("--print-to-pdf={}", made.display()))
            .arg(format!("file://{address}")));
        let told = run(Command::new(&tools[1]).arg(made));
        let count = told.lines().find_map(|line| line.strip_prefix("Pages:")).expect("a count of pages");
        count.trim().parse().expect("a number")
    };
    let title =
        "A policy with a title that does not fit on a line of its own, since nobody could agree on a shorter one";
    let long = long_policy(title);
    for site in [Site::policies(), Site::new(&[("long.policy", &long)])] {
        for path in site.documents.iter().map(|path| summary_of(path)) {
            let address = site.folder.path().join(&path).display().to_string();
            let made = site.folder.path().join("summary.pdf");
            assert_eq!(pages(&address, &made), 1, "{path}");
            // Who opens it at its pictures gets them on pages of their own.
            assert!(pages(&format!("{address}#page.picture"), &made) > 1, "{path}");
        }
    }
}

/// A policy of which a summary has much to say: every field, long rules of all forces, a hundred of each.
fn long_policy(title: &str) -> String {
    let mut text = format!(
        "vocabulary v {{\n  organisation o \"The Trust of All the Schools on Both Sides of the River\"\n  \
         party staff plural \"members of staff in all the schools\" {{ {} }}\n  thing thing \"equipment of the school\"\n  \
         action use \"make any use whatever for private purposes of\" takes thing\n  fact asked \"asked to do so in writing\"\n  \
         consequence dismissal \"dismissal without notice or pay in lieu of it\"\n}}\n\
         policy p \"{title}\" {{\n  organisation o\n  status consultation\n  version \"12.1\"\n  owner staff\n  \
         contact \"the office on the second floor, between nine and eleven, or by letter to the address on the letterhead\"\n  \
         approved 2026-03-17 by staff minute \"FGB 26/14, as amended by the minute of the meeting after it\"\n  \
         review every 2 years\n  audience staff\n  default silent\n}}\n| {}.\n",
        (0..20).map(|at| format!("post-{at}")).collect::<Vec<_>>().join(" "),
        "This text is a little shorter than the longest that is quoted ".repeat(6).trim(),
    );
    for section in 0..20 {
        text.push_str(&format!("section s{section} \"A heading of several words\" {{\n"));
        for modality in ["must", "must not", "should", "should not", "may", "need not"] {
            for time in ["", " within 2 days"] {
                text.push_str(&format!("  rule staff {modality} use thing when asked{time} on breach dismissal\n"));
            }
        }
        text.push_str("}\n");
    }
    text
}

/// The path of the summary of a policy, from that of its document.
fn summary_of(document: &str) -> String {
    document.replacen('/', "/summaries/", 1).replace(".md", ".html")
}
