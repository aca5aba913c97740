//! How paths are told: relative to the folder the program was started in, with `/` between their parts.
//!
//! It asks the system nothing; paths are compared as they are written.

use std::path::{Component, Path, PathBuf};

/// `path` as people and programs are told it, or `None` where its name is no text. `base` is the current folder.
pub(super) fn told(path: &Path, base: &Path) -> Option<String> {
    let path = relative(path, base);
    let mut told = String::new();
    for part in path.components() {
        if !told.is_empty() && !told.ends_with('/') {
            told.push('/');
        }
        match part {
            Component::CurDir => told.push('.'),
            Component::RootDir if told.ends_with('/') => {}
            Component::RootDir => told.push('/'),
            other => told.push_str(other.as_os_str().to_str()?),
        }
    }
    Some(if told.is_empty() { ".".to_owned() } else { told })
}

/// The same for messages, where a name that is no text is told as nearly as possible.
pub(super) fn shown(path: &Path, base: &Path) -> String {
    told(path, base).unwrap_or_else(|| path.to_string_lossy().into_owned())
}

/// `path` as seen from `base`, which is absolute and free of `..`.
fn relative(path: &Path, base: &Path) -> PathBuf {
    if !path.is_absolute() {
        return path.components().filter(|part| *part != Component::CurDir).collect();
    }
    let mut ours = path.components().peekable();
    let mut theirs = base.components().peekable();
    if ours.peek() != theirs.peek() || path.components().any(|part| part == Component::ParentDir) {
        // Another drive, or a way back that only the system can follow.
        return path.to_owned();
    }
    while ours.peek().is_some() && ours.peek() == theirs.peek() {
        ours.next();
        theirs.next();
    }
    theirs.map(|_| Component::ParentDir).chain(ours).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_told(path: &str, expected: &str) {
        assert_eq!(told(Path::new(path), Path::new("/home/officer/work")).as_deref(), Some(expected));
    }

    #[test]
    fn paths_are_told_from_here() {
        assert_told("./policies/./a.policy", "policies/a.policy");
        assert_told("/home/officer/work/policies/a.policy", "policies/a.policy");
        assert_told("/home/officer/other/a.policy", "../other/a.policy");
        assert_told("../a.policy", "../a.policy");
        assert_told("/home/officer/work", ".");
        assert_told("/x/../a.policy", "/x/../a.policy");
    }
}
