//! The program as people run it: arguments in, output and exit code out, in folders of its own.

mod files;
mod fix;
mod fmt;
mod git;
mod output;
#[cfg(not(feature = "pdf"))]
mod pdf;
mod serve;
mod streams;
mod verbs;
mod weights;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The vocabulary that `init` writes.
const VOCABULARY: &str = include_str!("../../templates/init/vocabulary.policy");
/// The policy that `init` writes; nothing is wrong with it.
const POLICY: &str = include_str!("../../templates/init/mobile-phones.policy");
/// Longer than any run takes, even on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that a test runs the program in.
struct Folder {
    root: TempDir,
}

/// What a run came to.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Folder {
    /// An empty folder.
    fn new() -> Self {
        Folder { root: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A folder with a clean collection in `policies`.
    fn with_policies() -> Self {
        let folder = Folder::new();
        folder.write("policies/vocabulary.policy", VOCABULARY);
        folder.write("policies/mobile-phones.policy", POLICY);
        folder
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }

    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clausal"));
        command.current_dir(self.root.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "LC_ALL", "LC_CTYPE", "COLUMNS"] {
            command.env_remove(name);
        }
        command.env("LANG", "en_GB.UTF-8").env("TERM", "xterm");
        command
    }

    /// Runs the program with arguments parted by blanks.
    fn run(&self, arguments: &str) -> Ran {
        let mut command = self.command();
        command.args(arguments.split_whitespace());
        self.finish(&mut command)
    }

    /// Runs a command to its end, or fails the test if there is none in sight.
    fn finish(&self, command: &mut Command) -> Ran {
        let streams = tempfile::tempdir().expect("a temporary folder can be made");
        let (out, err) = (streams.path().join("out"), streams.path().join("err"));
        let open = |path: &Path| File::create(path).expect("a file can be made");
        let mut child = command.stdout(open(&out)).stderr(open(&err)).spawn().expect("the program can be started");
        let started = Instant::now();
        let status = loop {
            match child.try_wait().expect("the program can be waited for") {
                Some(status) => break status,
                None if started.elapsed() > PATIENCE => {
                    let _ = child.kill();
                    panic!("{command:?} hangs");
                }
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        };
        let read = |path: &Path| String::from_utf8_lossy(&fs::read(path).expect("it was written")).into_owned();
        let ran = Ran { code: status.code(), out: read(&out), err: read(&err) };
        assert!(!ran.err.contains("panicked") && !ran.err.contains("defect of clausal"), "{command:?}: {ran:?}");
        ran
    }

    /// Every file below a folder, with its bytes, in path order.
    fn contents(&self, path: &str) -> Vec<(String, Vec<u8>)> {
        let root = self.path(path);
        let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(|entry| entry.expect("readable"));
        files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let told = entry.path().strip_prefix(&root).expect("it lies below").to_string_lossy().into_owned();
                (told, fs::read(entry.path()).expect("a file can be read"))
            })
            .collect()
    }

    /// The names in a folder, hidden ones too.
    fn names(&self, path: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(path)).expect("a folder can be read");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

impl Ran {
    #[track_caller]
    fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Standard output holds each of these.
    #[track_caller]
    fn says(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.out.contains(word), "no {word:?} in stdout:\n{}\nstderr:\n{}", self.out, self.err);
        }
        self
    }

    /// Standard error holds each of these.
    #[track_caller]
    fn complains(self, words: &[&str]) -> Self {
        for word in words {
            assert!(self.err.contains(word), "no {word:?} in stderr:\n{}\nstdout:\n{}", self.err, self.out);
        }
        self
    }
}

/// Whether permissions mean something to this process: they mean nothing to root.
#[cfg(unix)]
fn permissions_hold() -> bool {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    folder.write("closed", "x");
    fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    fs::read(folder.path("closed")).is_err()
}
