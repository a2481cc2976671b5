//! Files: read whole and checked for size, written so that an interrupted save leaves the old one.

use crate::view::{Refusal, RefusalCode};
use std::io::{Read, Write};
use std::path::Path;

/// Largest study file that is read.
const MOST_BYTES: u64 = 4 << 20;

fn refused(code: RefusalCode, message: String) -> Refusal {
    Refusal {
        code,
        message,
        faults: Vec::new(),
    }
}

/// Read a text file.
///
/// # Errors
/// If it cannot be read, is too large or is no text.
pub fn read(path: &Path) -> Result<String, Refusal> {
    let cannot = |why: String| {
        refused(
            RefusalCode::CannotRead,
            format!("{} cannot be read: {why}.", path.display()),
        )
    };
    let file = std::fs::File::open(path).map_err(|e| cannot(e.to_string()))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(cannot("it is a folder".into()));
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| cannot(e.to_string()))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(cannot(
            "it is larger than the 4 MB a study can have. Is this the right file?".into(),
        ));
    }
    String::from_utf8(bytes).map_err(|e| {
        cannot(format!(
            "it is not text (byte {} is not UTF-8)",
            e.utf8_error().valid_up_to()
        ))
    })
}

/// Write a file: into a new one beside it, then over it in one step.
///
/// # Errors
/// If the folder or the disk does not take it; the old file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Refusal> {
    let folder = path
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let put = || -> std::io::Result<()> {
        let mut new = beside(folder)?;
        new.write_all(bytes)?;
        new.as_file().sync_all()?;
        new.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    put().map_err(|e| {
        refused(
            RefusalCode::CannotWrite,
            format!("{} cannot be written: {e}.", path.display()),
        )
    })
}

/// A new file in a folder, readable by whoever the system's habits let read new files.
fn beside(folder: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("study.toml");
        write(&path, b"old").unwrap();
        let inside = path.join("no-folder").join("study.toml");
        assert_eq!(
            write(&inside, b"new").unwrap_err().code,
            RefusalCode::CannotWrite
        );
        assert_eq!(read(&path).unwrap(), "old");
    }

    #[test]
    fn what_is_no_text_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rubbish.toml");
        std::fs::write(&path, [b'a', 0xff, 0xfe]).unwrap();
        let refusal = read(&path).unwrap_err();
        assert!(refusal.message.contains("byte 1"), "{}", refusal.message);
    }
}
