//! Paths of the command line as paths of a repository, and back.

use std::path::{Component, Path, PathBuf};

use super::super::failure::Failure;
use super::super::paths::{shown, told};
use super::Repository;

impl Repository {
    /// The path in the repository of one that was given, with `/` between its parts; empty for the whole of it.
    pub fn locate(&self, path: &Path) -> Result<String, Failure> {
        let below = match &self.top {
            None => inner(path),
            Some(top) => {
                let here = if path.is_absolute() { path.to_owned() } else { top.join(&self.prefix).join(path) };
                let here = plain(&here);
                match here.strip_prefix(top) {
                    Ok(below) => Some(below.to_owned()),
                    Err(_) => real(&here).strip_prefix(top).ok().map(Path::to_owned),
                }
            }
        };
        let given = shown(path, &self.base);
        let Some(below) = below else {
            let top = self.top.as_deref().map_or_else(|| "it".to_owned(), |top| format!("`{}`", top.display()));
            return Err(Failure::new(format!("`{given}` lies outside the repository, so no revision holds it"))
                .help(format!("name a folder or file in {top}")));
        };
        match told(&below, Path::new("")).as_deref() {
            Some(".") => Ok(String::new()),
            Some(below) => Ok(below.to_owned()),
            None => Err(Failure::new(format!("the name of `{given}` is no text in UTF-8"))
                .help("give it a name in plain letters, then it can be read")),
        }
    }

    /// A path of the repository as it is told where the program was started.
    pub fn shown(&self, path: &str) -> String {
        match &self.top {
            Some(top) => told(&top.join(path), &top.join(&self.prefix)).unwrap_or_else(|| path.to_owned()),
            None if path.is_empty() => ".".to_owned(),
            None => path.to_owned(),
        }
    }

    /// The folder the program was started in.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// A path anywhere as it is told where the program was started.
    pub fn told(&self, path: &Path) -> String {
        let base = self.top.as_ref().map_or_else(|| self.base.clone(), |top| top.join(&self.prefix));
        shown(&real(path), &base)
    }

    /// A path of the repository as a path of the working tree.
    pub fn on_disk(&self, path: &str) -> Option<PathBuf> {
        Some(self.top.as_ref()?.join(path))
    }
}

/// A path without `.` and `..`, as it is written.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// A path that starts where the repository does and stays in it.
fn inner(path: &Path) -> Option<PathBuf> {
    let mut inner = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::Normal(part) => inner.push(part),
            Component::ParentDir if inner.pop() => {}
            _ => return None,
        }
    }
    Some(inner)
}

/// A path with the links of that part of it followed which is there.
fn real(path: &Path) -> PathBuf {
    for above in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (above.canonicalize(), path.strip_prefix(above)) {
            return real.join(rest);
        }
    }
    path.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repository(prefix: &str) -> Repository {
        let top = PathBuf::from("/srv/trust");
        Repository { base: top.join(prefix), top: Some(top), prefix: prefix.to_owned() }
    }

    #[test]
    fn paths_are_those_of_the_repository() {
        let below = repository("policies/hr");
        assert_eq!(below.locate(Path::new(".")).as_deref(), Ok("policies/hr"));
        assert_eq!(below.locate(Path::new("../a b.policy")).as_deref(), Ok("policies/a b.policy"));
        assert_eq!(below.locate(Path::new("/srv/trust/x")).as_deref(), Ok("x"));
        assert_eq!(below.locate(Path::new("../..")).as_deref(), Ok(""));
        assert!(below.locate(Path::new("../../../x")).is_err());
        assert_eq!(below.shown("policies/x.policy"), "../x.policy");
        assert_eq!(below.shown("policies/hr/x.policy"), "x.policy");
    }

    #[test]
    fn without_files_paths_begin_at_the_root() {
        let bare = Repository { base: PathBuf::from("/srv/trust.git"), top: None, prefix: String::new() };
        assert_eq!(bare.locate(Path::new(".")).as_deref(), Ok(""));
        assert_eq!(bare.locate(Path::new("./policies/../x")).as_deref(), Ok("x"));
        assert!(bare.locate(Path::new("../x")).is_err() && bare.locate(Path::new("/x")).is_err());
        assert_eq!(bare.shown("x"), "x");
    }
}
