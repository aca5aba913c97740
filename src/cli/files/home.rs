//! What files are called in exports: by their path in the repository that holds them, or else in the collection, so that
//! the same sources give the same bytes wherever the program is started.

use std::path::{Path, PathBuf};

use super::super::paths::told;

/// The folders that names of files count from.
pub(super) struct Homes {
    /// Repositories first, the innermost first; then the folders given.
    folders: Vec<PathBuf>,
}

impl Homes {
    /// The homes of what lies below `roots`, which are absolute and free of links.
    pub fn new(roots: &[PathBuf]) -> Self {
        let mut folders: Vec<PathBuf> = roots.iter().filter_map(|root| repository(root)).collect();
        folders.sort_by_key(|folder| std::cmp::Reverse(folder.components().count()));
        let mut given = roots.to_vec();
        // Of two folders given one of which lies in the other, the outer one tells the two apart.
        given.sort_by_key(|folder| folder.components().count());
        folders.extend(given);
        Homes { folders }
    }

    /// The name of a file; `None` where no home holds it or its path is no text.
    pub fn name(&self, file: &Path) -> Option<String> {
        let below = self.folders.iter().find_map(|folder| file.strip_prefix(folder).ok())?;
        told(below, Path::new(""))
    }
}

/// The innermost folder at or above this one that is the work tree of a git repository.
fn repository(folder: &Path) -> Option<PathBuf> {
    folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_from_the_repository_or_the_collection() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let root = folder.path().join("repo/policies");
        std::fs::create_dir_all(&root).expect("folders can be made");
        let file = root.join("a.policy");
        let name = || Homes::new(std::slice::from_ref(&root)).name(&file);
        assert_eq!(name().as_deref(), Some("a.policy"));
        std::fs::create_dir(folder.path().join("repo/.git")).expect("a folder can be made");
        assert_eq!(name().as_deref(), Some("policies/a.policy"));
        assert_eq!(Homes::new(&[root]).name(Path::new("/elsewhere/b.policy")), None);
    }
}
