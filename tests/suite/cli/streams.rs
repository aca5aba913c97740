//! What the program makes of its output streams: terminals, pipes that close, disks that are full.

use super::Folder;

/// A collection with many findings.
fn many() -> Folder {
    let folder = Folder::with_policies();
    for number in 0..400 {
        folder.write(&format!("policies/broken-{number}.policy"), "policy {\n  nonsense\n}\nclause { | x }\n");
    }
    folder
}

#[test]
fn colours_are_used_where_they_are_wanted() {
    let folder = many();
    let coloured = |arguments: &str, names: &[(&str, &str)]| {
        let mut command = folder.command();
        command.args(arguments.split_whitespace()).envs(names.iter().copied());
        let ran = folder.finish(&mut command);
        assert_eq!(ran.code, Some(1));
        ran.out.contains("\u{1b}[")
    };
    assert!(!coloured("check policies", &[]));
    assert!(coloured("check policies --color always", &[]));
    assert!(coloured("check policies --colour always", &[("NO_COLOR", "1")]));
    assert!(coloured("check policies", &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured("check policies", &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured("check policies", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured("check policies --color never", &[("CLICOLOR_FORCE", "1")]));
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    use super::super::VOCABULARY;
    use super::*;

    #[test]
    fn a_pipe_that_closes_is_no_complaint() {
        let folder = many();
        for arguments in ["check policies", "check policies --format json", "check policies --format sarif"] {
            let mut command = folder.command();
            command.args(arguments.split_whitespace()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().expect("the program can be started");
            let mut first = String::new();
            let mut out = BufReader::with_capacity(16, child.stdout.take().expect("it is a pipe"));
            out.read_line(&mut first).expect("a line can be read");
            drop(out);
            let ended = child.wait_with_output().expect("the program ends");
            assert!(!first.is_empty());
            let err = String::from_utf8_lossy(&ended.stderr);
            assert!(
                !err.contains("error:") && !err.contains("panicked") && !err.contains("pipe"),
                "{arguments}: {err}"
            );
            assert_eq!(ended.status.code(), Some(1), "{arguments}: the findings are what they are");
        }
    }

    #[test]
    fn closed_streams_are_no_panic() {
        let folder = many();
        let program = env!("CARGO_BIN_EXE_clausal");
        for verb in ["check policies", "check nowhere", "explain", "--help", "completions bash", "schema policy"] {
            let mut command = Command::new("sh");
            let script = format!("{program} {verb} 2>&1 | true; {program} {verb} >&- 2>&-; [ $? -lt 3 ]");
            command.args(["-c", &script]).current_dir(folder.path("."));
            assert_eq!(folder.finish(&mut command).code, Some(0), "{verb}");
        }
    }

    #[test]
    fn a_full_disk_under_the_report_is_told() {
        let folder = many();
        let mut command = folder.command();
        let full = File::options().write(true).open("/dev/full").expect("Linux has one");
        command.args(["check", "policies", "--format", "json"]).stdout(full).stderr(Stdio::piped());
        let ended = command.spawn().and_then(|child| child.wait_with_output()).expect("the program ends");
        let err = String::from_utf8_lossy(&ended.stderr);
        assert!(err.contains("the output could not be written: the disk is full"), "{err}");
        assert_eq!(ended.status.code(), Some(2));
    }

    #[test]
    fn a_terminal_gets_frames_and_a_pipe_plain_lines() {
        let folder = Folder::new();
        folder.write("broken.policy", VOCABULARY.replace("party pupil", "party pupil ,"));
        let program = env!("CARGO_BIN_EXE_clausal");
        let mut command = folder.command();
        let plain = folder.finish(command.args(["check", "broken.policy"])).exits(1);
        assert!(!plain.out.contains('╭') && plain.out.contains("broken.policy:"), "{}", plain.out);
        let mut command = Command::new("script");
        command.args(["-qec", &format!("{program} check broken.policy"), "/dev/null"]).current_dir(folder.path("."));
        command.env("TERM", "xterm").env("LANG", "en_GB.UTF-8").env_remove("LC_ALL").env_remove("NO_COLOR");
        let Ok(ended) = command.stdin(Stdio::null()).output() else {
            eprintln!("skipped: there is no `script` to make a terminal");
            return;
        };
        let out = String::from_utf8_lossy(&ended.stdout);
        assert!(out.contains('╭') && out.contains("\u{1b}["), "{out}");
        assert_eq!(ended.status.code(), Some(1));
    }
}
