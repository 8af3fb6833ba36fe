//! What can go wrong, each kind with what to do about it.

use std::path::PathBuf;

/// Why a command of xtask stopped.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// The command line itself was not understood.
    #[error("{0}")]
    Usage(String),
    /// A program that xtask cannot install by itself.
    #[error("{what} is missing. {remedy}")]
    Missing {
        /// The program.
        what: &'static str,
        /// One sentence that says what to install.
        remedy: String,
    },
    /// A program could not be started at all.
    #[error("`{program}` could not be started: {source}")]
    NotStarted {
        /// The program.
        program: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// A program ran and reported failure.
    #[error("`{line}` failed ({status})")]
    Failed {
        /// The command line.
        line: String,
        /// Its exit status.
        status: std::process::ExitStatus,
    },
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A tool answered with something xtask cannot read.
    #[error("{0}")]
    Unreadable(String),
    /// Rules of this repository are broken; one line each.
    #[error("{}", .0.join("\n"))]
    Broken(Vec<String>),
    /// The report has been printed already; only the exit status is left to give.
    #[error("failed")]
    AlreadyTold,
}

impl Trouble {
    /// Wraps a file error with the file's path; for `map_err`.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
