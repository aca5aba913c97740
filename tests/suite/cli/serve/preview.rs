//! A preview that runs, and a client of it that knows just enough HTTP.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use super::super::{Folder, PATIENCE};

/// A running preview; it ends with the test.
pub struct Preview {
    child: Child,
    out: BufReader<ChildStdout>,
    err: NamedTempFile,
    port: u16,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Preview {
    /// One that has said its address; the first build may be under way.
    pub fn of(folder: &Folder, arguments: &str) -> Self {
        Preview::with(folder, arguments, &[])
    }

    /// The same once it has pages.
    pub fn of_pages(folder: &Folder, arguments: &str) -> Self {
        let preview = Preview::of(folder, arguments);
        preview.wait_for(|preview| preview.state("pages") > 0);
        preview
    }

    /// The same in another environment.
    pub fn with(folder: &Folder, arguments: &str, variables: &[(&str, &str)]) -> Self {
        let err = NamedTempFile::new().expect("a file can be made");
        let mut command = folder.command();
        command.args(arguments.split_whitespace()).envs(variables.iter().copied()).stdout(Stdio::piped());
        command.stderr(File::create(err.path()).expect("a file can be made"));
        let mut child = command.spawn().expect("the program can be started");
        let mut out = BufReader::new(child.stdout.take().expect("it is a pipe"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line can be read");
        let port =
            line.rsplit_once("http://127.0.0.1:").and_then(|(_, port)| port.trim_end_matches("/\n").parse().ok());
        let Some(port) = port else {
            panic!("no address in {line:?}: {}", fs::read_to_string(err.path()).unwrap_or_default())
        };
        Preview { child, out, err, port }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it has told on standard error.
    pub fn err(&self) -> String {
        fs::read_to_string(self.err.path()).expect("it can be read")
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the preview listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time can be set");
        stream
    }

    /// Sends bytes as they are and reads all that comes back.
    pub fn send(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // It may have heard enough before it has heard everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    pub fn get(&self, path: &str) -> Answer {
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port);
        self.send(request.as_bytes())
    }

    /// A number of its state.
    pub fn state(&self, name: &str) -> u64 {
        let state: serde_json::Value = serde_json::from_str(&self.get("/.clausal/state").body).expect("it is JSON");
        state[name].as_u64().expect("it is a number")
    }

    /// Waits until a page holds these words, and gives the page.
    #[track_caller]
    pub fn wait(&self, path: &str, words: &str) -> String {
        let began = Instant::now();
        loop {
            let body = self.get(path).body;
            if body.contains(words) {
                return body;
            }
            assert!(began.elapsed() < PATIENCE, "no {words:?} in {path}:\n{body}\n{}", self.err());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Waits until something is so.
    #[track_caller]
    pub fn wait_for(&self, is_so: impl Fn(&Self) -> bool) {
        let began = Instant::now();
        while !is_so(self) {
            assert!(began.elapsed() < PATIENCE, "it is not so after {PATIENCE:?}:\n{}", self.err());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub fn is_alive(&mut self) -> bool {
        self.child.try_wait().expect("it can be asked").is_none()
    }

    /// Ctrl-C; answers with the exit code and the rest of standard output.
    #[cfg(unix)]
    pub fn interrupt(&mut self) -> (Option<i32>, String) {
        let mut kill = std::process::Command::new("kill");
        assert!(kill.args(["-INT", &self.id().to_string()]).status().expect("there is `kill`").success());
        let began = Instant::now();
        let status = loop {
            match self.child.try_wait().expect("it can be waited for") {
                Some(status) => break status,
                None => assert!(began.elapsed() < PATIENCE, "Ctrl-C does not end it"),
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).expect("it is text");
        (status.code(), rest)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if !std::thread::panicking() {
            let told = self.err();
            assert!(!told.contains("panicked") && !told.contains("defect of clausal"), "{told}");
        }
    }
}
