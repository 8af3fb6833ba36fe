//! Running other programs with our tools on their search path.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::place::Place;
use crate::trouble::Trouble;

/// A command line that runs in the checkout with our tools found first.
pub fn command(place: &Place, program: impl AsRef<OsStr>) -> Command {
    // Looked up by hand: the system looks for the program on the parent's path, not the child's.
    let found = program
        .as_ref()
        .to_str()
        .filter(|name| !name.contains(std::path::MAIN_SEPARATOR))
        .and_then(|name| place.program(name));
    let mut command = match found {
        Some(path) => Command::new(path),
        None => Command::new(program),
    };
    command
        .current_dir(&place.root)
        .env("PATH", place.path_variable());
    command
}

/// `cargo`, of the toolchain that runs xtask.
pub fn cargo(place: &Place) -> Command {
    command(place, "cargo")
}

/// Runs to the end, with the output going where ours goes.
pub fn run(command: &mut Command) -> Result<(), Trouble> {
    let status = command.status().map_err(not_started(command))?;
    checked(command, status)
}

/// Runs to the end and gives what was printed; errors go where ours go.
pub fn output(command: &mut Command) -> Result<String, Trouble> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(not_started(command))?;
    checked(command, output.status)?;
    String::from_utf8(output.stdout)
        .map_err(|_| Trouble::Unreadable(format!("`{}` printed no text", line(command))))
}

/// What the program prints when it is there and well; `None` when it is not.
pub fn quiet_output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs to the end, passing every line on to our output and to `look`; errors and output alike,
/// because test runners disagree about which of the two a result goes to.
pub fn watch(
    command: &mut Command,
    look: &mut (dyn FnMut(&str) + Send),
) -> Result<ExitStatus, Trouble> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(not_started(command))?;
    let streams: [Option<Box<dyn std::io::Read + Send>>; 2] = [
        child.stdout.take().map(|s| Box::new(s) as _),
        child.stderr.take().map(|s| Box::new(s) as _),
    ];
    let look = std::sync::Mutex::new(look);
    std::thread::scope(|scope| {
        for stream in streams.into_iter().flatten() {
            let look = &look;
            scope.spawn(move || {
                for bytes in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
                    let text = String::from_utf8_lossy(&bytes);
                    println!("{text}");
                    if let Ok(mut look) = look.lock() {
                        look(&text);
                    }
                }
            });
        }
    });
    child.wait().map_err(not_started(command))
}

/// Success, or the failure of this very command line.
pub fn checked(command: &Command, status: ExitStatus) -> Result<(), Trouble> {
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::Failed {
            line: line(command),
            status,
        })
    }
}

fn not_started(command: &Command) -> impl FnOnce(std::io::Error) -> Trouble {
    let program = command.get_program().to_string_lossy().into_owned();
    move |source| Trouble::NotStarted { program, source }
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(command.get_program());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|part| part.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn every_line_of_both_streams_is_seen_and_the_status_kept() {
        let mut seen = Vec::new();
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; exit 3"]);
        let status = watch(&mut command, &mut |line| seen.push(line.to_owned())).unwrap();
        seen.sort();
        assert_eq!(seen, ["one", "two"]);
        assert_eq!(status.code(), Some(3));
        assert!(matches!(
            checked(&command, status),
            Err(Trouble::Failed { .. })
        ));
    }
}
