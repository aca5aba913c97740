//! A thousand edits as fast as they can be written, and two hundred tabs that ask all the while.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::super::{Folder, PATIENCE, POLICY};
use super::preview::Preview;
use super::{OLD, PAGE};

const EDITS: usize = 1000;
const TABS: usize = 200;
/// The most that memory may grow by between the first edits and the last, in kilobytes.
const GROWTH: u64 = 48 * 1024;

/// Asks for the state again and again over one connection, as a tab does, until it is told to stop; gives the times that
/// answers took.
fn tab(port: u16, stop: &AtomicBool) -> Vec<Duration> {
    let stream = TcpStream::connect(("127.0.0.1", port)).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a time can be set");
    let mut reader = BufReader::new(stream.try_clone().expect("it can be shared"));
    let mut writer = stream;
    let mut times = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let began = Instant::now();
        let request = format!("GET /.clausal/state HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n");
        writer.write_all(request.as_bytes()).expect("the connection is kept");
        let mut length = 0;
        let mut line = String::new();
        reader.read_line(&mut line).expect("it answers");
        assert_eq!(line, "HTTP/1.1 200 OK\r\n");
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).expect("it answers");
            if let Some(told) = line.to_lowercase().strip_prefix("content-length: ") {
                length = told.trim().parse().expect("a length is a number");
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).expect("the answer is whole");
        assert!(body.starts_with(b"{\"run\":"), "{}", String::from_utf8_lossy(&body));
        times.push(began.elapsed());
        thread::sleep(Duration::from_millis(100));
    }
    times
}

/// One edit, in one of the ways that editors save.
fn edit(folder: &Folder, number: usize) {
    let path = "policies/mobile-phones.policy";
    let text = POLICY.replace(OLD, &format!("Edition {number:04}"));
    match number % 5 {
        0 => folder.write(path, text),
        1 => folder.write(path, text.replace("rule silence", "rule silence nonsense")),
        2 => {
            folder.write("policies/.mobile-phones.swap", text);
            fs::rename(folder.path("policies/.mobile-phones.swap"), folder.path(path)).expect("it can be renamed");
        }
        3 => {
            fs::remove_file(folder.path(path)).expect("it can be removed");
            folder.write(path, text);
        }
        _ => {
            folder.write(path, "");
            folder.write(path, text);
        }
    }
}

/// Kilobytes of memory that a process holds, where that can be asked.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

#[test]
fn a_thousand_edits_and_two_hundred_tabs() {
    let folder = Folder::with_policies();
    let mut preview = Preview::of_pages(&folder, "serve policies --port 0");
    let (stop, port) = (AtomicBool::new(false), preview.port());
    let began = Instant::now();
    let (times, early) = thread::scope(|scope| {
        let tab = || thread::Builder::new().stack_size(256 * 1024).spawn_scoped(scope, || tab(port, &stop));
        let tabs: Vec<_> = (0..TABS).map(|_| tab().expect("a thread can be started")).collect();
        let mut early = None;
        for number in 1..=EDITS {
            edit(&folder, number);
            // The first half comes as fast as the disk takes it, the second with time for builds in between.
            if number > EDITS / 2 {
                thread::sleep(Duration::from_millis(5));
            }
            if number == EDITS * 6 / 10 {
                early = memory(preview.id());
            }
        }
        preview.wait(PAGE, &format!("Edition {EDITS:04}"));
        preview.wait_for(|preview| preview.state("errors") == 0);
        stop.store(true, Ordering::Relaxed);
        let times: Vec<Vec<Duration>> = tabs.into_iter().map(|tab| tab.join().expect("a tab is served")).collect();
        (times, early)
    });
    assert!(preview.is_alive());
    assert!(times.iter().all(|times| !times.is_empty()), "every tab is answered");
    let versions = preview.state("pages");
    assert!(versions >= 2 && versions <= EDITS as u64, "{versions}");
    let late = memory(preview.id());
    if let (Some(early), Some(late)) = (early, late) {
        assert!(late < early + GROWTH, "memory grew from {early} to {late} kB");
    }
    let mut all: Vec<Duration> = times.into_iter().flatten().collect();
    all.sort();
    let share = |percent: usize| all[(all.len() - 1) * percent / 100];
    println!(
        "{EDITS} edits and {TABS} tabs in {:.1?}: {versions} versions of the pages; {} answers, half within {:.1?}, 99 % \
         within {:.1?}, all within {:.1?}; memory {early:?} to {late:?} kB",
        began.elapsed(),
        all.len(),
        share(50),
        share(99),
        share(100),
    );
}
