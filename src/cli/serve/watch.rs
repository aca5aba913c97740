//! Whether something has changed: what is to be seen of sources, settings, templates and logo without reading them.
//!
//! It looks again and again instead of asking the system to tell: that works alike everywhere, on network drives too, and
//! it does not matter how an editor saves – into the file, or into another that then takes its name.

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::build::templates;
use super::super::files;
use super::super::settings::Settings;
use crate::source::SourceFile;

/// How long a file's time may stand still while the file changes: two seconds on the coarsest disks, and a little.
const COARSE: Duration = Duration::from_millis(2500);

/// What is looked at.
#[derive(Debug, Default)]
pub(super) struct Watch {
    /// Files and folders of sources, as given.
    pub paths: Vec<PathBuf>,
    /// The folder the program was started in.
    pub base: PathBuf,
    /// The folder of own templates.
    pub templates: Option<PathBuf>,
    /// The file of the logo.
    pub logo: Option<PathBuf>,
}

/// What was seen at one time.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    files: BTreeMap<PathBuf, Option<Stamp>>,
    /// What stood in the way of others.
    troubles: Vec<String>,
}

/// What is seen of a file.
#[derive(Debug)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// On Unix when it, its name or its rights last changed, and which file it is.
    system: (i64, i64, u64),
    /// What is in it, where the times may not tell.
    content: Option<u64>,
}

impl Watch {
    /// Looks once. A file whose time may stand still is read, and so is one that was read for `before`, so that the two
    /// can be compared.
    pub fn look(&self, before: &Snapshot) -> Snapshot {
        let (mut paths, failures) = files::listed(&self.paths, &self.base);
        paths.extend(Settings::places(&self.paths));
        paths.extend(self.templates.iter().flat_map(|folder| templates::listed(folder)));
        paths.extend(self.logo.clone());
        let now = SystemTime::now();
        let files = paths.into_iter().map(|path| {
            let was_read = before.files.get(&path).and_then(Option::as_ref).is_some_and(|was| was.content.is_some());
            let stamp = Stamp::of(&path, was_read, now);
            (path, stamp)
        });
        Snapshot { files: files.collect(), troubles: failures.into_iter().map(|failure| failure.message).collect() }
    }
}

impl Snapshot {
    /// Whether both are of the same files, unchanged.
    pub fn is_like(&self, other: &Snapshot) -> bool {
        let alike = |(one, other): (&Option<Stamp>, &Option<Stamp>)| match (one, other) {
            (Some(one), Some(other)) => one.is_like(other),
            (None, None) => true,
            _ => false,
        };
        self.troubles == other.troubles
            && self.files.keys().eq(other.files.keys())
            && self.files.values().zip(other.files.values()).all(alike)
    }
}

impl Stamp {
    fn of(path: &Path, was_read: bool, now: SystemTime) -> Option<Self> {
        let about = fs::metadata(path).ok()?;
        let length = about.len();
        let modified = about.modified().ok();
        let is_fresh = |time: SystemTime| {
            let age = now.duration_since(time).or_else(|_| time.duration_since(now)).unwrap_or_default();
            age < COARSE
        };
        let is_open = modified.is_none_or(is_fresh) || was_read;
        // Nothing but a file is ever opened, and none that is too large to be a source.
        let content = match is_open && about.is_file() && length <= SourceFile::MAX_BYTES {
            true => Some(content(path)),
            false => None,
        };
        Some(Stamp { length, modified, system: system(&about), content })
    }

    fn is_like(&self, other: &Stamp) -> bool {
        let content = self.content.zip(other.content).is_none_or(|(one, other)| one == other);
        (self.length, self.modified, self.system) == (other.length, other.modified, other.system) && content
    }
}

/// A number for what is in a file; one for all that cannot be read.
fn content(path: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Ok(bytes) = fs::read(path) {
        hasher.write_u8(1);
        hasher.write(&bytes);
    }
    hasher.finish()
}

#[cfg(unix)]
fn system(about: &Metadata) -> (i64, i64, u64) {
    use std::os::unix::fs::MetadataExt;
    (about.ctime(), about.ctime_nsec(), about.ino())
}

#[cfg(not(unix))]
fn system(_: &Metadata) -> (i64, i64, u64) {
    (0, 0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with one policy, and what watches it.
    fn watched() -> (tempfile::TempDir, Watch) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("a.policy"), "policy a").expect("a file can be written");
        let paths = vec![folder.path().to_owned()];
        let watch = Watch { paths, base: folder.path().to_owned(), ..Watch::default() };
        (folder, watch)
    }

    /// Whether `change` is seen; the file is thought to have last been looked at before it.
    #[track_caller]
    fn assert_seen(change: impl FnOnce(&Path)) {
        let (folder, watch) = watched();
        let before = watch.look(&Snapshot::default());
        assert!(before.is_like(&watch.look(&before)), "nothing has changed yet");
        change(folder.path());
        let after = watch.look(&before);
        assert!(!before.is_like(&after));
        assert!(after.is_like(&watch.look(&after)), "it is seen once");
    }

    #[test]
    fn every_way_of_saving_is_seen() {
        assert_seen(|folder| fs::write(folder.join("a.policy"), "policy ab").expect("written"));
        assert_seen(|folder| fs::write(folder.join("b.policy"), "policy b").expect("written"));
        assert_seen(|folder| fs::remove_file(folder.join("a.policy")).expect("removed"));
        assert_seen(|folder| fs::remove_dir_all(folder).expect("removed"));
        assert_seen(|folder| fs::write(folder.join("clausal.toml"), "").expect("written"));
        assert_seen(|folder| {
            fs::write(folder.join("a.policy~"), "policy c").expect("written");
            fs::rename(folder.join("a.policy~"), folder.join("a.policy")).expect("renamed");
        });
    }

    #[test]
    fn a_change_within_one_tick_of_the_clock_is_seen() {
        let (folder, watch) = watched();
        let path = folder.path().join("a.policy");
        let when = fs::metadata(&path).and_then(|about| about.modified()).expect("it has a time");
        let mut before = watch.look(&Snapshot::default());
        fs::write(&path, "policy b").expect("written");
        fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(when)).expect("it can be set");
        let mut after = watch.look(&before);
        // The system's own time of the change cannot be set, so it is taken out of the comparison.
        for snapshot in [&mut before, &mut after] {
            for stamp in snapshot.files.values_mut().flatten() {
                stamp.system = (0, 0, 0);
            }
        }
        assert!(!before.is_like(&after), "length and time are the same, the text is not");
    }

    #[test]
    fn old_files_are_not_read() {
        let (folder, watch) = watched();
        let old = SystemTime::now() - Duration::from_secs(60);
        let path = folder.path().join("a.policy");
        fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(old)).expect("it can be set");
        let seen = watch.look(&Snapshot::default());
        assert!(seen.files.values().flatten().all(|stamp| stamp.content.is_none()));
    }
}
