//! PDF/UA-1 as veraPDF judges it, with every rule of its profile that a machine can decide.

use std::path::PathBuf;
use std::process::{Command, Output};

use super::made::{Folder, all, made};
use super::tools::{are_required, tools};

/// The Java archives of veraPDF and of the XML library that it needs, which Debian has in `libjaxb-java`.
const ARCHIVES: [&str; 6] = [
    "tests/pdf/node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar",
    "/usr/share/java/jaxb-runtime.jar",
    "/usr/share/java/jaxb-core.jar",
    "/usr/share/java/istack-commons-runtime.jar",
    "/usr/share/java/txw2.jar",
    "/usr/share/java/javax.activation.jar",
];

#[test]
fn every_document_is_pdf_ua_1() {
    for compiled in all() {
        let folder = Folder::of(&made(&compiled));
        let Some(output) = judged(&folder) else { return };
        let said = String::from_utf8_lossy(&output.stdout);
        let sound = said.matches("ua1: compliant, 106 rules").count();
        assert!(
            output.status.success() && sound == folder.paths.len(),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn the_judge_can_say_no() {
    // A document whose pictures, links and tables would pass, but that no longer says what it is.
    let documents = made(&super::made::init());
    let spoilt = |from: &[u8], to: &[u8]| {
        let mut documents = documents.clone();
        for bytes in documents.values_mut() {
            let at = bytes.windows(from.len()).position(|window| window == from).expect("it is there");
            bytes.splice(at..at + from.len(), to.iter().copied());
        }
        Folder::of(&documents)
    };
    for (from, to, clause) in [
        (&b"/Marked true"[..], &b"/Maimed true"[..], "6.2"),
        (b"/Lang(en-GB)", b"/Long(en-GB)", "7.2"),
        (b"/DisplayDocTitle", b"/DisplayNotTitle", "7.1"),
    ] {
        let Some(output) = judged(&spoilt(from, to)) else { return };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            !output.status.success() && said.contains("NOT compliant") && said.contains(clause),
            "{clause}: {said}"
        );
    }
}

fn judged(folder: &Folder) -> Option<Output> {
    let java = tools(&["java"])?;
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let archives: Vec<PathBuf> = ARCHIVES.iter().map(|path| root.join(path)).collect();
    if let Some(missing) = archives.iter().find(|path| !path.is_file()) {
        assert!(!are_required(), "no {missing:?}, and CLAUSAL_REQUIRE_TOOLS=1 asks for it");
        println!("skipped: no {missing:?}");
        return None;
    }
    let path = std::env::join_paths(archives).expect("paths without colons");
    let mut command = Command::new(&java[0]);
    command.arg("-cp").arg(path).arg(root.join("tests/pdf/Verify.java")).arg("PDFUA_1").args(&folder.paths);
    Some(command.output().expect("the program can be started"))
}
